"""The words with which Chinese law binds, forbids, permits and exempts: patterns without groups, for use in others.

Only words that are modal wherever they stand. The bare 应, 须, 需 and 可 are part of too many other words; each reader
knows them by what it reads (a model's short sentence, or anybody's prose about a law) and adds them itself.
"""

MUST = r"应当|必须|有义务"
FORBID = r"不得|不能|不应当?|不允许|禁止|严禁"
MAY = r"可以|有权(?!处理|机关|部门)|允许|鼓励"
NEED_NOT = r"无需|无须|不需要|不必|免于|免除|自愿"
