"""The same batch where one machine is not enough: parts of the inputs, done by the workers of a Dask cluster.

`run` lists the inputs and hands out parts of bounded size; a worker brings a part's inputs to itself, has the local
batch's own code clean them, and puts the output in its place. Nothing but numbers comes back. Dask, fsspec and pyarrow
are imported only where they are used.
"""
