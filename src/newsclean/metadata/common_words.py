"""Common words that are built like Chinese names: they begin with a character that is a surname too.

Where no word announces a name, these are tags, sections and buttons. After a colon they stay names: pen names can be
anything.
"""

from __future__ import annotations

COMMON = frozenset(
    "金融 文明 石油 高铁 高考 高清 高温 黄金 明星 明天 应急 应用 安全 安装 常识 常用 时事 时尚 时间 "
    "时长 全国 全球 全省 全文 全景 江南 江北 江苏省 武进 余姚 石狮 温馨 党建 党政 党员 关注 关闭 "
    "关于 方便 方式 方案 方言 文学 文旅 文娱 文艺 文件 和平 保险 保健 平安 元旦 计划 计算机 都市 "
    "车市 车展 车主 练习 卓越 经济 经典 公告 公示 公益 公开 公务 公安 化工 化学 门户 门诊 易车 解读 "
    "解放 游戏 游记 曲艺 成人 成长 成绩 包装 路况 古镇 古典 强国 单位 单车 边疆 商城 商务 商业 农业 "
    "农村 农民 宁夏 宋体 连载 连接 左一 来自 来信 应届 印象 银行 云端 云计算 水利 水产 花絮 花卉 "
    "蓝筹 金属 武术 万元 万家 皮肤 贝壳 钱包 马上 马拉松 雷达 白酒 史话 龙虎榜 段子 任务 任命 方法 "
    "石化 金句 程序 程序员 项目 符号 卫健 卫生 卫视 阳光 游客 席位 查询 查看 华为 车险 房产 房地产 "
    "房价 边境 吉林 马术 田径 游泳 安徽 江河 江海 成立 江湖 高端 在线 客服 滚动".split()
)
"""Words of the web's menus and headlines."""
