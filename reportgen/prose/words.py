"""Words that are wrong wherever they stand: 价段 for 阶段, 布署 for 部署, 台帐 for 台账, and 26综 for 26宗.

They are confused because they sound or look alike. Only what is wrong beyond dispute is listed, and what another word
happens to make is left alone: 防犯 is found, 预防犯罪 is not. After a number a character is found that counts nothing,
but sounds like one that does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Severity, rule
from reportgen.report.wording import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.diagnostics import Diagnostic
    from reportgen.report import Text

WRONG: Final = rule("R122", "wrong-word", Severity.WARNING, "“{found}” is a wrong word", "write “{right}”")

_LISTED: Final = """
阶段 验收价段 施工价段 实施价段 建设价段 设计价段 准备价段 收尾价段 攻坚价段 关键价段
部署 布署 部暑 布暑
安排 按排(?![名列序期队水班污放出定])
贯彻落实 贯彻落时
贯彻 贯沏 惯彻 贯策(?![略划应])
作为 做为(?=重点|主要|重要|首要|一项|一个|依据|基础|抓手|目标|任务|核心|考核|主线)
迁徙 迁徒
松弛 松驰
账目 帐目
账户 帐户
账册 帐册
账本 (?<![蚊营])帐本
账务 帐务
账号 帐号
台账 台帐(?![篷幕])
记账 记帐(?![篷幕])
入账 入帐(?![篷幕])
做账 做帐(?![篷幕])
对账 对帐(?![篷幕])
报账 报帐(?![篷幕])
度假 渡假
欢度 欢渡
曝光 暴光(?![临顾伏]) 爆光(?![临顾伏])
重叠 重迭
提纲挈领 提纲契领
再接再厉 再接再励
一筹莫展 一愁莫展
变本加厉 变本加利
墨守成规 默守成规
川流不息 穿流不息
不胫而走 不径而走
按部就班 按步就班
一如既往 一如继往
鼎力相助 鼎立相助
迫不及待 迫不急待
滥竽充数 滥芋充数
有恃无恐 有持无恐
萎靡不振 萎糜不振
出其不意 出奇不意
声名鹊起 声名雀起
发轫 发韧
坐镇 坐阵
不计其数 不记其数
相形见绌 相形见拙
粗犷 粗旷
震撼 震憾 振憾
遗憾 遗撼
气概 气慨
针砭 针贬
兢兢业业 竞竞业业 竟竟业业
竞争 兢争 竟争(?![取夺先相])
竞赛 竟赛
毕竟 必竟 毕竞(?![争赛价标聘技选])
究竟 究竞(?![争赛价标聘技选])
立即 立既(?=组织|开展|启动|采取)
既然 (?<![立随当])即然(?!后)
已经 巳经 (?<!自)己经(?=完成|全部|建成|达到|实现|开展) 以经(?=完成|达到|实现|开展|落实|建成|全部|取得)
拨款 拔款
划拨 划拔
拨付 拔付
调拨 调拔
挑拨 挑拔
选拔 选拨(?![付款])
海拔 海拨(?=\\d|约|高|为|在|最|平均)
满意度 满意渡(?![过口船江河])
进度 进渡(?![口船轮运江河海改槽])
制度 制渡(?![口船轮运江河海改槽])
决算 决祘
预算 预祘
阈值 阀值
辐射 幅射
幅度 辐度
篇幅 篇辐
幅员 辐员
气候 气侯
时候 时侯
等候 等侯
问候 问侯
候车 侯车
候补 侯补
诸侯 诸候
圆满 园满(?=完成|结束|成功|落幕|收官|闭幕)
园林 圆林
校园 校圆(?![满梦形桌心通])
幼儿园 幼儿圆(?![满梦形])
座谈会 坐谈会 做谈会
振兴 震兴
赈灾 振灾
防汛 (?<!消)防讯(?![息问])
讯息 汛息
通讯 通汛(?![期情预])
垃圾 垃极 拉极 垃级
截留 截流(?=资金|专项|、挪用|、挤占)
返贫 防反贫:防返贫
反馈 反溃 反愧
遵守 尊守
遵照 尊照
尊重 遵重
履行 屡行
履职 屡职
屡次 履次
妥善 妥擅
完善 完膳(?!食) 完擅
改善 改膳(?![食宿])
竣工 (?<![严险])峻工 俊工(?=验收)
覆盖 复盖(?=率|面|城乡) 全复盖:全覆盖
反复 反覆(?!盖)
重复 重覆(?!盖)
答复 答覆(?!盖)
恢复 恢覆
积极 积级(?=推进|开展|参与|配合|主动|响应|落实) 极积(?![极累水分木聚])
安装 按装(?![机备修载置])
好像 好象(?!征)
影像 影象(?![征棋])
宣泄 渲泄
渲染 宣染
拼搏 拼博
脉搏 脉膊 脉博
搏斗 博斗
追溯 追朔
旋律 弦律
泄密 泄秘
防范 防犯(?![罪错规法])
示范 示犯(?=点|区|村|户|项目|引领|带)
规范 规犯(?=化|性|管理|运行|有序|操作)
典型 典形(?![状象])
掺杂 参杂
烦琐 烦锁
繁琐 繁锁
储蓄 储畜(?![产禽牧])
畜牧 蓄牧
牲畜 牲蓄
灌溉 灌慨 灌概
辍学 (?<!点)缀学
控辍保学 控缀保学
赡养 瞻养
瞻仰 赡仰
抚恤 扶恤
扶贫 抚贫(?![困弱穷])
艰苦奋斗 坚苦奋斗
艰巨 坚巨
艰难 坚难
厉行节约 历行节约 励行节约
雷厉风行 雷历风行
严厉 严历(?=打击|查处|惩)
统筹 统畴 统酬(?![金劳])
签署 签暑
贡献 贡现 供献(?![血策礼花计])
铺设 辅设(?=管|路|道|沥青|电缆)
募捐 慕捐
募集 幕集(?=资金|善款|到)
稳定 稳订
赃款 脏款
姿态 恣态
资金 姿金
资产 姿产
管理 管埋(?=制度|办法|规定|工作|水平)
达到 迖到
百分之 百份之(?=[\\d一二三四五六七八九十])
每年按 按每年按:每年按
"""
_AROUND: Final = re.compile(r"\(\?[^)]*\)")
RIGHT: Final[dict[str, str]] = {}
"""What is listed, as far as it is found, and what is meant by it."""
_COUNTED: Final = {
    "综": ("宗", "(?![合治改采述保])"),
    "建": ("件", "(?=[，。；、]|信访|案件|事项|投诉)"),
    "护": ("户", "(?=[，。；、]|贫困|脱贫|困难)"),
    "向": ("项", "(?=[，。；、]|任务|工作|指标|制度)"),
    "明": ("名", "(?=[，。；、]|党员|干部|群众|学生|教师|村民)"),
    "陪": ("倍", "(?=[，。；、])"),
    "倾": ("顷", "(?=[，。；、])"),
    "入": ("人", "(?=[，。；、])"),
    "各": ("个", "(?=自然村|行政村)"),
}


def _entries() -> Iterator[str]:
    """Give the patterns of the wrong words, and note the right word of each."""
    for line in _LISTED.strip().split("\n"):
        right, *wrong = line.split()
        for one in wrong:
            pattern, _, own = one.partition(":") if not one.startswith("(") else (one, "", "")
            RIGHT[_AROUND.sub("", pattern)] = own or _whole(right, _AROUND.sub("", pattern))
            yield pattern


def _whole(right: str, wrong: str) -> str:
    """Give the right word as far as the wrong one goes: 验收阶段 for 验收价段."""
    return wrong[: max(len(wrong) - len(right), 0)] + right


_ENTRIES: Final = sorted(_entries())
_WRONG: Final = re.compile(
    rf"(?=[{''.join(sorted({_AROUND.sub('', one)[0] for one in _ENTRIES}))}])(?:{'|'.join(_ENTRIES)})"
)
_CLASSIFIER: Final = re.compile(
    r"(?<![\d.])(?!20\d\d\D)(?P<number>\d{1,6})(?P<sign>"
    + "|".join(sign + after for sign, (_, after) in _COUNTED.items())
    + ")"
)


def find(text: Text) -> Iterator[Diagnostic]:
    """Find words that are wrong, and numbers before what counts nothing."""
    for line, found in matches(text, _WRONG):
        yield WRONG.at(line.at(*found.span()), found=found.group(), right=RIGHT[found.group()])
    for line, found in matches(text, _CLASSIFIER):
        right = found["number"] + _COUNTED[found["sign"]][0]
        yield WRONG.at(line.at(*found.span()), found=found.group(), right=right)
