"""Lists of contacts in the layouts that guides of any year may use; persons, numbers and addresses are invented."""

from __future__ import annotations

import pytest

from kg_build.fields.contacts import read_call_contacts, read_contacts
from kg_build.rules import read_rulebook
from kg_build.sections import split_sections
from kg_build.slots import read_margins
from tests.making import make_block, make_text
from tests.test_contacts import Row, row

LAYOUTS: dict[str, list[Row]] = {
    "联系人：张明/李芳，电话：010-50001234/010-50001235，邮箱：z@a.example/l@a.example。": [("张明", None, ["010-50001234"], [], ["z@a.example"]), ("李芳", None, ["010-50001235"], [], ["l@a.example"])],
    "巴方联系人：巴西科学基金会，Dr. Ana Lima / Ms. Rosa Melo，电话：0055-61-9000611 / 0055-61-9000612，邮箱：ana@x.example / rosa@x.example。": [("Ana Lima", "巴西科学基金会", ["0055-61-9000611"], [], ["ana@x.example"]), ("Rosa Melo", "巴西科学基金会", ["0055-61-9000612"], [], ["rosa@x.example"])],
    "咨询：某某技术转移中心 韦小岚，电话：0771-5000932，邮箱：w@x.example。": [("韦小岚", "某某技术转移中心", ["0771-5000932"], [], ["w@x.example"])],
    "咨询：中国—东盟某某中心 王小岚（0771-5000932）。": [("王小岚", "中国—东盟某某中心", ["0771-5000932"], [], [])],
    "加方联系人：Gaby Tremblay\n电话：+1-613-500-2290\n邮箱：g.t@example.org\n阿方联系人：Khalid Mansoori，阿联酋能源部官员，邮箱：k@example.org。": [("Gaby Tremblay", None, ["+1-613-500-2290"], [], ["g.t@example.org"]), ("Khalid Mansoori", "阿联酋能源部", [], [], ["k@example.org"])],
    "外方联系人：王明\n法方联系人：Jean Dupont，电话：+33 1 4000 1234。": [("王明", None, [], [], []), ("Jean Dupont", None, ["+33 1 4000 1234"], [], [])],
    "澳门方联系人：何小仪、梁小强，电话：00853-28006601、00853-28006602，邮箱：h@x.example、l@x.example。": [("何小仪", None, ["00853-28006601"], [], ["h@x.example"]), ("梁小强", None, ["00853-28006602"], [], ["l@x.example"])],
    "联系人：张明（010-50001234）、李芳（010-50001235）。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "联系电话：010-50001234（张明）、010-50001235（李芳）。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "联系人及电话：张明 010-50001234；李芳 010-50001235。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "联系人（电话）：张明（010-50001234）": [("张明", None, ["010-50001234"], [], [])],
    "联系人：1. 张明，电话：010-50001234；2. 李芳，电话：010-50001235。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "联系人：（1）张明，010-50001234；（2）李芳，010-50001235。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "项目官员：Anna Kiss，电话：+36-1-8965505，电邮：a@x.example。": [("Anna Kiss", None, ["+36-1-8965505"], [], ["a@x.example"])],
    "匈方项目官员：Anna Kiss女士（a@x.example）。": [("Anna Kiss", None, [], [], ["a@x.example"])],
    "英方联络人：英国驻华使馆科技参赞 Oliver Wood，电话：+86 10 8000 4410、+86 135 0000 4411。": [("Oliver Wood", "英国驻华使馆", ["+86 10 8000 4410", "+86 135 0000 4411"], [], [])],
    "英方联系人：科技参赞Oliver Wood，英国驻华使馆，邮箱：o@x.example。": [("Oliver Wood", "英国驻华使馆", [], [], ["o@x.example"])],
    "联系人：王芳教授、李强博士，邮箱：w@x.example、l@x.example。": [("王芳", None, [], [], ["w@x.example"]), ("李强", None, [], [], ["l@x.example"])],
    "联系人：王芳副教授，电话：010-50001234。": [("王芳", None, ["010-50001234"], [], [])],
    "联系人：处长张明，电话：010-50001234。": [("张明", None, ["010-50001234"], [], [])],
    "联系人：张明处长，电话：010-50001234。": [("张明", None, ["010-50001234"], [], [])],
    "联系人：科技部国际合作司欧洲处 张明，电话：010-50001234，传真：010-50001236。": [("张明", "科技部国际合作司欧洲处", ["010-50001234"], ["010-50001236"], [])],
    "Contact person: Dr. Eva Lind, Swedish Innovation Agency, Tel: +46 8 473 3000, Fax: +46 8 473 3001, E-mail: eva@x.example": [("Eva Lind", "Swedish Innovation Agency", ["+46 8 473 3000"], ["+46 8 473 3001"], ["eva@x.example"])],
    "Contact: Eva Lind (eva@x.example)": [("Eva Lind", None, [], [], ["eva@x.example"])],
    "瑞方联系人：Eva Lind，T: +46 8 473 3000，F: +46 8 473 3001，E: eva@x.example。": [("Eva Lind", None, ["+46 8 473 3000"], ["+46 8 473 3001"], ["eva@x.example"])],
    "泰方联系人（泰国国家研究署）：Somchai Dee，电话：+66-2-5118117。": [("Somchai Dee", "泰国国家研究署", ["+66-2-5118117"], [], [])],
    "联系人：Eva Lind 瑞典创新署，电话：+46 8 473 3000。": [("Eva Lind", "瑞典创新署", ["+46 8 473 3000"], [], [])],
    "联系人：王女士，电话：010-50001234。": [("王", None, ["010-50001234"], [], [])],
    "俄方联系人：伊万·彼得罗夫，电话：+7 495 500 1234。": [("伊万·彼得罗夫", None, ["+7 495 500 1234"], [], [])],
    "联系人：阿不都·热合曼、王明，邮箱：a@x.example、w@x.example": [("阿不都·热合曼", None, [], [], ["a@x.example"]), ("王明", None, [], [], ["w@x.example"])],
    "俄方联系人：俄罗斯教育部伊万·彼得罗夫，电话：+7 495 500 1234。": [("伊万·彼得罗夫", "俄罗斯教育部", ["+7 495 500 1234"], [], [])],
    "联系人：张明和李芳，电话：010-50001234。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001234"], [], [])],
    "联系人：Eva Lind和Bo Ek，邮箱：e@x.example、b@x.example。": [("Eva Lind", None, [], [], ["e@x.example"]), ("Bo Ek", None, [], [], ["b@x.example"])],
    "联系人：Eva Lind and Bo Ek, email: e@x.example; b@x.example.": [("Eva Lind", None, [], [], ["e@x.example"]), ("Bo Ek", None, [], [], ["b@x.example"])],
    "日方联系人：日本某某研究所，山本一郎、佐藤花子，电话：+81-48-476-9261。": [("山本一郎", "日本某某研究所", ["+81-48-476-9261"], [], []), ("佐藤花子", "日本某某研究所", ["+81-48-476-9261"], [], [])],
    "联系人：张明，电话：010-50001234转8012，手机：13800001234。": [("张明", None, ["010-50001234转8012", "13800001234"], [], [])],
    "联系人：张明，电话：010-50001234、50001235，传真：010-50001236。": [("张明", None, ["010-50001234", "50001235"], ["010-50001236"], [])],
    "联系人：张明，电话/传真：010-50001234。": [("张明", None, ["010-50001234"], [], [])],
    "联系人：张明，传真：010-50001234；李芳，010-50001235。": [("张明", None, [], ["010-50001234"], []), ("李芳", None, ["010-50001235"], [], [])],
    "联系人：张明、李芳、王小二，电话：010-50001234、010-50001235、010-50001236。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], []), ("王小二", None, ["010-50001236"], [], [])],
    "联系人：张明；李芳，电话：010-50001234；010-50001235。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "联系人：张明，QQ：123456789，微信：zm2020，邮编：100862。": [("张明", None, [], [], [])],
    "联系人：张明，通讯地址：北京市海淀区某路乙15号，邮政编码：100862，电话：010-50001234。": [("张明", None, ["010-50001234"], [], [])],
    "申请材料提交至某署（联系人：Anna Kiss，电话：+36-1-8965505），审核后予以公布。": [("Anna Kiss", None, ["+36-1-8965505"], [], [])],
    "意方联系人: Anna Rossi (意大利外交部科技合作司), 邮箱: anna@x.example。": [("Anna Rossi", "意大利外交部科技合作司", [], [], ["anna@x.example"])],
    "联系人：Anna Rossi（项目官员），邮箱：anna@x.example。": [("Anna Rossi", None, [], [], ["anna@x.example"])],
    "联系人：李明（Li Ming），邮箱：anna@x.example。": [("李明（Li Ming）", None, [], [], ["anna@x.example"])],
    "联系人：李明（某大学），邮箱：anna@x.example。": [("李明", "某大学", [], [], ["anna@x.example"])],
    "挪方联系人：Prof. Dr. Kari Nord，电话：+47 2203 7243，邮箱：k@x.example。": [("Kari Nord", None, ["+47 2203 7243"], [], ["k@x.example"])],
    "埃方联系邮箱：call@x.example。": [(None, None, [], [], ["call@x.example"])],
    "技术咨询电话：010-50001234，技术咨询邮箱：t@x.example。": [(None, None, ["010-50001234"], [], ["t@x.example"])],
    "请联系Anna Rossi女士（电话：+39 06 5000 1234，邮箱：anna@x.example）。": [("Anna Rossi", None, ["+39 06 5000 1234"], [], ["anna@x.example"])],
    "联系人为王芳，邮箱：w@x.example。": [("王芳", None, [], [], ["w@x.example"])],
    "联系人是：王芳，邮箱：w@x.example。": [("王芳", None, [], [], ["w@x.example"])],
    "联系人姓名：王芳，单位：某某大学，电话：010-50001234。": [("王芳", "某某大学", ["010-50001234"], [], [])],
    "法方联系人：CNRS国际处 Jean Dupont，邮箱：j@x.example。": [("Jean Dupont", "CNRS国际处", [], [], ["j@x.example"])],
    "日方联系人：JST，佐藤花子，邮箱：j@x.example。": [("佐藤花子", "JST", [], [], ["j@x.example"])],
    "古方联系人：Juan Pérez García，电话：+53.7.500.1234。": [("Juan Pérez García", None, ["+53.7.500.1234"], [], [])],
    "联系人：张明，工作时间：周一至周五9:00-17:00，电话：010-50001234。": [("张明", None, ["010-50001234"], [], [])],
    "联系人：张明，010-50001234 010-50001235，z@x.example。": [("张明", None, ["010-50001234", "010-50001235"], [], ["z@x.example"])],
    "联系人：张明 电话：010-50001234\n李芳 电话：010-50001235": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "项目负责人：须有高级职称。": [],
    "须填写联系人、电话和邮箱等信息。": [],
    "对接人：王芳 13800001234，w@x.example": [("王芳", None, ["13800001234"], [], ["w@x.example"])],
    "韩国某某财团联系人：Min Soo KIM，传真：+82-2-3460-5703": [("Min Soo KIM", "韩国某某财团", [], ["+82-2-3460-5703"], [])],
    "欧方联系人：Maria Rossi, European Commission，邮箱：m@x.example": [("Maria Rossi", "European Commission", [], [], ["m@x.example"])],
    "以方联系人：Noa Levi (Ms.), tel. +972-3-5118117, noa@x.example": [("Noa Levi", None, ["+972-3-5118117"], [], ["noa@x.example"])],
    "联系人: Mr. Ali KHAN & Ms. Sara Aziz, Email: ali@x.example, sara@x.example": [("Ali KHAN", None, [], [], ["ali@x.example"]), ("Sara Aziz", None, [], [], ["sara@x.example"])],
    "联系人：张明,李芳;电话:010-50001234,010-50001235;邮箱:z@x.example,l@x.example": [("张明", None, ["010-50001234"], [], ["z@x.example"]), ("李芳", None, ["010-50001235"], [], ["l@x.example"])],
    "联系人：Eva Lind（邮箱：eva@x.example，电话：+46 8 473 3000）、Bo Ek（bo@x.example）。": [("Eva Lind", None, ["+46 8 473 3000"], [], ["eva@x.example"]), ("Bo Ek", None, [], [], ["bo@x.example"])],
    "联系人：Eva Lind <eva@x.example>；Bo Ek <bo@x.example>": [("Eva Lind", None, [], [], ["eva@x.example"]), ("Bo Ek", None, [], [], ["bo@x.example"])],
    "联系人：Eva Lind，eva@x.example，+46 8 473 3000；Bo Ek，bo@x.example，+46 8 473 3001。": [("Eva Lind", None, ["+46 8 473 3000"], [], ["eva@x.example"]), ("Bo Ek", None, ["+46 8 473 3001"], [], ["bo@x.example"])],
    "联系人：Eva Lind, Head of Unit, Research Council of Norway, Tel: +47 2203 7000": [("Eva Lind", "Research Council of Norway", ["+47 2203 7000"], [], [])],
    "联系人：国际合作司王明处长（010-50001234）、李芳（010-50001235）": [("王明", "国际合作司", ["010-50001234"], [], []), ("李芳", "国际合作司", ["010-50001235"], [], [])],
    "联系人：李芳、010-50001234、l@x.example": [("李芳", None, ["010-50001234"], [], ["l@x.example"])],
    "联 系 人：王 芳\n电 话：86-10-50001234 / 传 真：86-10-50001235\n邮 箱：w@x.example": [("王芳", None, ["86-10-50001234"], ["86-10-50001235"], ["w@x.example"])],
    "联系人：王芳，邮箱：w_f@x.example（请注明“申报”）。": [("王芳", None, [], [], ["w_f@x.example"])],
    "联系人：王芳，联系电话：（+86）010-50001234": [("王芳", None, ["（+86）010-50001234"], [], [])],
    "联系人：张明（某某科学院某某研究所），李芳（某某大学）；电话：010-50001234、010-50001235": [("张明", "某某科学院某某研究所", ["010-50001234"], [], []), ("李芳", "某某大学", ["010-50001235"], [], [])],
    "联系人：待定。": [],
    "联系人：另行通知。": [],
    "联系人一：张明，电话：010-50001234；联系人二：李芳，电话：010-50001235。": [("张明", None, ["010-50001234"], [], []), ("李芳", None, ["010-50001235"], [], [])],
    "中方联系人：张明，电话：010-50001234；外方联系人：Eva Lind，电话：+46 8 473 3000。": [("张明", None, ["010-50001234"], [], []), ("Eva Lind", None, ["+46 8 473 3000"], [], [])],
    "联系人1：张明，电话：010-50001234": [("张明", None, ["010-50001234"], [], [])],
    "阿根廷方联系人：María José López，科技创新部，电话：+54 11 4899 5000转5123。": [("María José López", "科技创新部", ["+54 11 4899 5000转5123"], [], [])],
    "乌兹别克斯坦方联系人：Akmal Karimov，电话：+998-71-200-1234，邮箱：a.karimov@x.example、info@x.example。": [("Akmal Karimov", None, ["+998-71-200-1234"], [], ["a.karimov@x.example", "info@x.example"])],
    "联系人：Jean-Pierre Müller，电话：+41 58 463 1234，邮箱：jp.mueller@x.example。": [("Jean-Pierre Müller", None, ["+41 58 463 1234"], [], ["jp.mueller@x.example"])],
    "联系人：Иван Петров，电话：+7 495 500 1234。": [("Иван Петров", None, ["+7 495 500 1234"], [], [])],
    "联系人：J. K. Rowe，电话：+44 20 7000 1234。": [("J. K. Rowe", None, ["+44 20 7000 1234"], [], [])],
    "联系人：Maria Silva (CNPq)，邮箱：m@x.example。": [("Maria Silva", "CNPq", [], [], ["m@x.example"])],
    "联系人：欧阳晓华、诸葛明，电话：0571-50001234、0571-50001235。": [("欧阳晓华", None, ["0571-50001234"], [], []), ("诸葛明", None, ["0571-50001235"], [], [])],
    "联系人：张一鸣、王一，电话：010-50001234。": [("张一鸣", None, ["010-50001234"], [], []), ("王一", None, ["010-50001234"], [], [])],
    "墨方联系人: Ana Torres，墨西哥国家科技委员会（CONACYT），电话: +52 55 5322 7700": [("Ana Torres", "墨西哥国家科技委员会", ["+52 55 5322 7700"], [], [])],
    "联系方式：010-50001234，a@x.example。": [(None, None, ["010-50001234"], [], ["a@x.example"])],
    "联系人及邮箱：张明 z@x.example，李芳 l@x.example": [("张明", None, [], [], ["z@x.example"]), ("李芳", None, [], [], ["l@x.example"])],
    "联系人：\n张明\n电话：010-50001234\n邮箱：z@x.example\n李芳\n电话：010-50001235\n邮箱：l@x.example": [("张明", None, ["010-50001234"], [], ["z@x.example"]), ("李芳", None, ["010-50001235"], [], ["l@x.example"])],
    "联系人：Eva Lind\n电话：+46 8 473 3000\n邮箱：eva@x.example\nBo Ek\n电话：+46 8 473 3001\n邮箱：bo@x.example": [("Eva Lind", None, ["+46 8 473 3000"], [], ["eva@x.example"]), ("Bo Ek", None, ["+46 8 473 3001"], [], ["bo@x.example"])],
    "新西兰方联系人：新西兰商业、创新与就业部，Kate Wilson，邮箱：kate@x.example。": [("Kate Wilson", "新西兰商业、创新与就业部", [], [], ["kate@x.example"])],
    "智利方联系人：Pablo Soto（国际合作处），电话：+56 2 2365 4400": [("Pablo Soto", "国际合作处", ["+56 2 2365 4400"], [], [])],
    "联系人：张明（电话：010-50001234；邮箱：z@x.example），李芳（电话：010-50001235；邮箱：l@x.example）": [("张明", None, ["010-50001234"], [], ["z@x.example"]), ("李芳", None, ["010-50001235"], [], ["l@x.example"])],
    "联系人：李芳(兼)，电话：010-50001234": [("李芳", None, ["010-50001234"], [], [])],
    "联系人：Dr Amina Yusuf (Kenya), amina@x.example": [("Amina Yusuf", None, [], [], ["amina@x.example"])],
    "泰方联系人为泰国教育、科学和创新部的Malee Chan女士（电话：+66-2-5000112，邮箱：m@x.example）。": [("Malee Chan", "泰国教育、科学和创新部", ["+66-2-5000112"], [], ["m@x.example"])],
    "泰方由Somchai Dee先生和Dr. Ploy Na负责，电话分别为+66-2-5000141、+66-2-5000142，邮箱分别为s@x.example、p@x.example。": [("Somchai Dee", None, ["+66-2-5000141"], [], ["s@x.example"]), ("Ploy Na", None, ["+66-2-5000142"], [], ["p@x.example"])],
    "芬方由芬兰某某局Aino Virtanen负责联络（aino@x.example，电话+358-50-5551234）。": [("Aino Virtanen", "芬兰某某局", ["+358-50-5551234"], [], ["aino@x.example"])],
    "意方由意大利驻华大使馆负责答疑，联系人Anna Rossi女士，邮箱：a@x.example。": [("Anna Rossi", "意大利驻华大使馆", [], [], ["a@x.example"])],
    "如有疑问，可与瑞典某某署Eva Lind女士联系（e@x.example）。": [("Eva Lind", "瑞典某某署", [], [], ["e@x.example"])],
    "巴方联系人：巴西科学、技术与创新部，Ana Lima、Rosa Melo，邮箱：a@x.example、r@x.example。": [("Ana Lima", "巴西科学、技术与创新部", [], [], ["a@x.example"]), ("Rosa Melo", "巴西科学、技术与创新部", [], [], ["r@x.example"])],
    "联系人：Élodie Côté、Marc Roy（均为某省经济、创新与能源部），电话依次为+1-514-5000119、+1-514-5000120。": [("Élodie Côté", "某省经济、创新与能源部", ["+1-514-5000119"], [], []), ("Marc Roy", "某省经济、创新与能源部", ["+1-514-5000120"], [], [])],
    "联系人：张明、李芳（某某交流中心），电话：010-50001234、010-50001235。": [("张明", "某某交流中心", ["010-50001234"], [], []), ("李芳", "某某交流中心", ["010-50001235"], [], [])],
    "联系人：张明（甲省科技厅）、李芳（乙省科技厅），电话：010-50001234、010-50001235。": [("张明", "甲省科技厅", ["010-50001234"], [], []), ("李芳", "乙省科技厅", ["010-50001235"], [], [])],
    "联系方式：法方 Jean Dupont，电话+33 1 4000 1234；中方 王小岚，电话010-50001234。": [("Jean Dupont", None, ["+33 1 4000 1234"], [], []), ("王小岚", None, ["010-50001234"], [], [])],
    "香港方聯絡人：香港創新科技署歐陽文先生，電話：+852-50001881，傳真：+852-50001882，電郵：c@x.example。": [("歐陽文", "香港創新科技署", ["+852-50001881"], ["+852-50001882"], ["c@x.example"])],
    "臺方聯繫人：某某科學基金會 林美玲小姐、張大同教授；電話：+886-3-5000982、+886-3-5000983。": [("林美玲", "某某科學基金會", ["+886-3-5000982"], [], []), ("張大同", "某某科學基金會", ["+886-3-5000983"], [], [])],
    "德方联系人：德国某某中心（DEZ） Dr. Hans Meier，电话：+49 228 38211423。": [("Hans Meier", "德国某某中心", ["+49 228 38211423"], [], [])],
    "葡方联系人：Maria da Silva Lima教授（里斯本某大学），邮箱：m@x.example。": [("Maria da Silva Lima", "里斯本某大学", [], [], ["m@x.example"])],
    "匈方联系人为Kovács Béla博士和Szabó Anna女士，邮箱分别为k@x.example和s@x.example。": [("Kovács Béla", None, [], [], ["k@x.example"]), ("Szabó Anna", None, [], [], ["s@x.example"])],
    "日方联系单位：日本某某机构国际部，电话：+81-3-50007375。": [(None, "日本某某机构国际部", ["+81-3-50007375"], [], [])],
    "东盟方面咨询邮箱为东盟秘书处a@x.example，不设专门联系人。": [(None, "东盟秘书处", [], [], ["a@x.example"])],
    "联系人：Grace Wan、Peter Oti，邮箱：grace.wan@x.example、peter.ot\ni@x.example。": [("Grace Wan", None, [], [], ["grace.wan@x.example"]), ("Peter Oti", None, [], [], ["peter.oti@x.example"])],
}  # fmt: skip

CLOSINGS: dict[str, list[str]] = {
    "三、意见反馈\n对征求意见稿的意见请于2022年3月20日前发送至g@example.org。联系人：苏小雪，电话：010-50008866。": [
        "苏小雪"
    ],
    "四、咨询方式\n技术咨询电话：010-50001234（中继线），技术咨询邮箱：p@example.org。\n业务咨询电话：\n“高性能计算”：010-50002201；\n“纳米”：010-50002202，传真：010-50002302。": [],
    "四、咨询方式\n业务咨询：中国某某中心 陈小华、刘小明，电话：010-50002201。技术支持：010-50002202。": [
        "陈小华",
        "刘小明",
    ],
    "五、联系方式\n联系人：张明，李芳\n电话：010-50001234\n邮箱：a@x.example": ["张明", "李芳"],
    "三、咨询方式\n本批指南咨询联系人：贺小秋，电话：010-50009901，邮箱：z@example.org。": ["贺小秋"],
    "四、其他事项\n本专项形式审查责任人：韩小冰、郑小颖": ["韩小冰", "郑小颖"],
    "四、咨询电话\n农业领域：010-50001234；能源领域：010-50001235。": [],
    "四、咨询电话\n张明：010-50001234；李芳：010-50001235。": ["张明", "李芳"],
    "五、联系人\n中国某某中心：王明、赵芳，010-50001234。": ["王明", "赵芳"],
    "五、联系方式\n科技部国际合作司 王明 电话：010-50001234": ["王明"],
    "五、联系方式\n咨询电话：010-50001234，联系邮箱：a@x.example。": [],
    "三、申报受理\n受理咨询联系人及电话：王明 010-50001234，赵芳 010-50001235。系统技术支持电话：010-50001236。": [
        "王明",
        "赵芳",
    ],
    "专项管理办公室联系人：王明，电话：010-50001234；形式审查责任人：赵芳。": ["王明", "赵芳"],
    "指南咨询及技术支持：中国某某中心 和大鹏（010-50001234）、赵芳（010-50001235）。": ["和大鹏", "赵芳"],
    "四、其他说明\n业务咨询：某省科技厅 王明，电话010-50001234。\n技术支持：某省信息院 普大鹏，电话010-50001235。": [
        "王明",
        "普大鹏",
    ],
    "四、其他事项\n征求意见工作联系人：王明、赵芳，电话：010-50001234、010-50001235。": ["王明", "赵芳"],
    "三、有关事项\n请通过系统填报，联系人：某某司王明（010-50001234），监督电话：010-50001239。": ["王明"],
}
"""How calls close, and the persons that they name there: a bare mailbox or number is none."""


@pytest.mark.parametrize("said", LAYOUTS)
def test_a_layout_gives_each_person_what_is_theirs(said: str) -> None:
    block = make_block(f"其他要求：1）项目执行期3年；\n2）{said}")
    assert [row(contact) for contact in read_contacts(block)] == LAYOUTS[said]


@pytest.mark.parametrize("said", LAYOUTS)
def test_every_value_is_shown_where_it_stands(said: str) -> None:
    block = make_block(f"其他要求：1）项目执行期3年；\n2）{said}")
    for contact in read_contacts(block):
        for value in (*contact.phones, *contact.faxes, *contact.emails):
            assert block.say(value.span).replace(" ", "") == value.value.replace(" ", "")


@pytest.mark.parametrize("closing", CLOSINGS)
def test_a_closing_names_its_persons_only(closing: str) -> None:
    text = make_text(f"某专项2022年度项目申报指南\n一、总体目标\n1.1 联合研究\n研究内容：研究。\n{closing}")
    margins = read_margins(text, split_sections(text, read_rulebook()), read_rulebook())
    names = [contact.name for contact in read_call_contacts(margins)]
    assert [name and name.value for name in names] == CLOSINGS[closing]


@pytest.mark.parametrize(
    "label",
    [
        "联系人",
        "联络人",
        "联络员",
        "项目官员",
        "联系方式",
        "对接人",
        "经办人",
        "协调人",
        "联系人及电话",
        "联系人姓名",
        "Contact person",
        "科技参赞",
        "咨询专家",
        "联系人1",
    ],
)
def test_a_label_opens_a_list_whatever_it_is_called(label: str) -> None:
    block = make_block(f"其他要求：1）项目执行期3年；\n2）{label}：Eva Lind，电话：+46 8 473 3000。")
    assert [row(contact) for contact in read_contacts(block)] == [("Eva Lind", None, ["+46 8 473 3000"], [], [])]


@pytest.mark.parametrize(
    "where", ["考核指标：——研制样机1套；——发表论文3篇。", "研究内容：研究某技术。", "关键词：甲；乙。"]
)
def test_a_labelled_person_is_found_behind_any_slot(where: str) -> None:
    found = read_contacts(make_block(f"{where}法方联系人：Jean Dupont，邮箱：j@x.example。"))
    assert [row(contact) for contact in found] == [("Jean Dupont", None, [], [], ["j@x.example"])]
