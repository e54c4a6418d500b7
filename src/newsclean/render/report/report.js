
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  // What a link leads to gets the focus, so that a screen reader reads on from there.
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    const place = target && (target.querySelector(":scope > h2, td a") || target);
    if (place) place.focus({ preventScroll: target.matches("section") });
  };
  addEventListener("hashchange", follow);
  follow();

  const table = document.querySelector("#list table");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const status = document.querySelector("#list [role=status]");
  document.querySelector("#list .tools").hidden = false;

  const key = (row, column) => {
    const cell = row.cells[column];
    return "key" in cell.dataset ? Number(cell.dataset.key) : cell.textContent;
  };
  const order = new Intl.Collator();
  const compare = (a, b) => (typeof a === "number" ? a - b : order.compare(a, b));
  const sort = (column) => {
    const head = heads[column];
    const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const keyed = [...body.rows].map((row) => [key(row, column), row]);
    keyed.sort((a, b) => turn * compare(a[0], b[0]));
    body.replaceChildren(); // to take out all at once is quick; to move 10,000 rows one by one takes half a minute
    body.append(...keyed.map((each) => each[1]));
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
    status.textContent = `Sorted by ${head.textContent}, ${head.getAttribute("aria-sort")}`;
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(column));
    head.replaceChildren(button);
  });

  let waiting;
  const find = (words) => {
    let found = 0;
    for (const row of body.rows) {
      row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
      found += !row.hidden;
    }
    status.textContent = `${found} found`;
  };
  document.getElementById("find").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 150, event.target.value.toLowerCase().split(/\s+/).filter(Boolean));
  });
});
