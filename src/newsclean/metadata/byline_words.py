"""The words that say what stands behind them in a byline, by what they announce: Chinese, Japanese and Korean.

A sign that ends a word (文/, 文:) is a part of it: without the sign the word is too common to announce anything.
"""

from __future__ import annotations

SOURCE_WORDS = (
    "发布机构 发布单位 发布部门 发文机关 发文机构 发文单位 "
    "信息来源 新闻来源 文章来源 稿件来源 本文来源 内容来源 来源于 来源 稿源 转载自 转自 摘自 出处 "
    "資訊來源 新聞來源 文章來源 稿件來源 本文來源 來源 轉載自 轉自 出處 "
    "出典 引用元 配信元 출처"
).split()
"""Words that credit the outlet an article is from."""

AUTHOR_WORDS = (
    "执笔人 执笔 作者 撰文 撰稿人 撰稿 采写 采访 供稿 文/图 图/文 文/ 图文 文字 采编 本文作者 记者 通讯员 "
    "特约撰稿 文| 文: 编译/ 採寫 採訪 文/圖 圖/文 圖文 記者 通訊員 特約撰稿 "
    "取材・文/ 著者 執筆者 執筆 ライター 文= 기자명 작성자 글쓴이"
).split()
"""Words that name who wrote an article."""

EDITOR_WORDS = (
    "责任编辑 责编 编辑 校对 审核 网络编辑 值班编辑 执行编辑 本文编辑 实习编辑 见习编辑 编审 审校 编校 责任校对 "
    "核稿 責任編輯 責編 編輯 校對 審核 執行編輯 編審 一审 二审 三审 初审 复审 终审 "
    "編集者 編集 편집자 편집"
).split()
"""Words that name who saw an article through."""

OTHER_WORDS = (
    "发布时间 发布日期 发表时间 发表于 发稿时间 更新时间 最后更新 时间 日期 发布 发布人 "
    "选稿 录入 文章录入 "
    "图/ 图| 摄/ 摄影/ 摄影 摄像 编导 后期 配音 图片 图片来源 资料来源 数据来源 视频来源 素材来源 消息来源 "
    "译者 翻译 监制 策划 制图 出版社 版权 关键词 标签 原标题 原文链接 本文地址 "
    "浏览次数 浏览量 浏览 点击数 点击 点击量 阅读量 阅读次数 阅读 访问量 访问次数 人气 评论 查看评论 网友评论 我要评论 "
    "参与互动 手机看新闻 字号 字体 分享 打印 关闭 举报 收藏 "
    "發佈時間 發布時間 發稿時間 更新時間 時間 圖/ 攝/ 攝影 譯者 圖像來源 圖片來源 資料來源 浏覽 點閱 點擊 "
    "写真= 写真/ 写真: 撮影 投稿日 更新日 公開日 사진 입력 승인 등록 수정 최종수정 댓글 조회"
).split()
"""Words that open what is none of these, and so end the value before them."""
