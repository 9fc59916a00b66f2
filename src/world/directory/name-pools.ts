/* Written by scripts/names.mjs: names of Faker (MIT), with spaces between. */

export const englishGiven = `
  Addison Austyn Coty Francis Jaycee Kerry Merl Ollie Romaine Toy Adeline Aleen Alize Amelie Anika Anya Audra
  Berneice Brandi Caleigh Carole Chanel Cindy Corrine Dariana Dessie Dorthy Elena Elsa Enola Ettie Felicity
  Gayle Golda Haylee Hollie Isobel Janessa Jeannie Jocelyn Justina Karine Katrina Kennedi Kyla Laverne Leona
  Lilla Lorene Luna Madelyn Malika Mariah Marlene Maybelle Melyna Modesta Naomie Nona Paige Pinkie Rebeka
  Rosalind Ruthie Savanah Shayna Sophia Tami Tiana Valentina Victoria Winifred Zola Agustin Alford Antone
  Augustus Bert Brannon Bryon Carmelo Chris Coby Coy Daniel Davion Deondre Dion Dwayne Eldred Emile Ethan Fidel
  Fredy Geo Godfrey Guy Hilario Ignacio Jacob Jaron Jefferey Jevon Jordy Justin Kelton Kirk Larry Lisandro Mac
  Marshall Micah Moshe Nicholas Okey Oswaldo Porter Raul Ricky Ronaldo Sam Sheldon Stewart Thurman Trent Uriel
  Warren Willie
`

export const englishFamily = `
  Abbott Adams Armstrong Bailey Bartell Batz Beahan Becker Berge Bernier Blick Bogan Botsford Brakus Brekke
  Carroll Cassin Cole Connelly Cormier Crist Cruickshank Dach Daugherty Dibbert Dietrich Doyle Ebert Erdman
  Farrell Feest Flatley Friesen Gerhold Gleason Goodwin Grady Green Gulgowski Haag Hahn Hammes Harber Harvey
  Heathcote Herman Herzog Hilll Hirthe Hoppe Hudson Jacobi Jaskolski Jerde Jones Keeling Kertzmann Kilback Kling
  Koepp Koss Kreiger Kuhic Kulas Kutch Lang Larkin Ledner Lemke Lind Lockman Luettgen Maggio Marks Mayert
  McGlynn Medhurst Mills Monahan Morissette Muller Nader Nitzsche O'Conner O'Reilly Ondricka Osinski Parisian
  Pfeffer Powlowski Prosacco Rath Raynor Reinger Rice Roberts Rohan Rosenbaum Runolfsson Rutherford Sauer
  Schamberger Schinner Schneider Schulist Schuster Shields Smith Sporer Stark Stokes Stroman Swift Tillman Toy
  Treutel Ullrich Volkman Walker Ward Wehner West Wilderman Willms Wisozk Wolf Wyman Zemlak
`

export const chineseGiven = `
  乐驹 伟泽 伟诚 修杰 健柏 凯瑞 博超 哲瀚 嘉熙 天磊 子涵 子骞 峻熙 弘文 志强 思 思源 思远 擎宇 文 文轩 昊天 昊焱 明哲 明辉 晓博 晟睿 智渊 果 正豪 炎彬 烨伟 烨磊 煜城 熠彤 瑾瑜 睿渊 立诚
  立辉 绍辉 耀杰 致远 苑博 语堂 越泽 金鑫 鑫鹏 雨泽 靖琪 驰 鸿煊 鹏煊 鹤轩 一诺 丹 丽芬 丽萍 佳琪 倩 国兰 国珍 国秀 国英 国香 娟 婷婷 子欣 开慧 悦 敏 桂英 梓晨 梓玥 梓馨 欣怡 海燕 玉梅
  玉英 珈 秀珍 紫林 美方 芳 若汐 萍 诗雨 语汐 雅鑫 雨涵 雯静 静 颖 馨羽 三锋 伟 俊杰 军 勇 哲新 国栋 国辉 奕辰 宇 宇航 家明 建军 建国 志国 成 政君 敬阳 斌 晨 杰 梓睿 梓豪 沐宸 治文
  波 浩宇 浩然 浩辰 熙成 癸霖 立伟 诚 超栋 鑫
`

export const chineseFamily = `
  丁 万 上官 严 于 付 令狐 任 何 余 侯 俞 傅 关 冯 刘 卢 史 叶 司马 向 吕 吴 唐 夏 夏侯 姚 孔 孙 孟 季 宋 尉迟 尚 岳 崔 常 庄 康 廖 张 彭 慕容 成 戴 文 施 易 曹 朱 李 杜
  杨 柳 柴 梁 樊 武 段 殷 毕 江 汤 汪 洪 涂 温 潘 熊 牛 王 田 申屠 白 皇甫 石 祝 秦 程 章 纪 罗 翟 聂 肖 胡 芦 范 莫 萧 葛 蒋 蓝 蔡 薛 覃 许 诸葛 谭 贺 贾 赖 邓 邢 邱 邵
  郑 郝 郭 金 钱 长孙 闫 陆 陈 陶 雷 韩 顾 颜 马 高 魏 鲁 麦 黎 齐 龙
`
