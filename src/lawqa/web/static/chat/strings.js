// Every word of the page, Chinese first. Legal texts, labels and answers stay in Chinese in both languages.

const zh = {
  name: "人工智能法规问答", ask: "问答", browse: "文件库", history: "历史", fresh: "新对话", print: "打印", language: "English",
  theme_system: "外观：随系统", theme_light: "外观：浅色", theme_dark: "外观：深色", skip: "跳到提问框",
  placeholder: "问一个问题，或写出条文，如 网安法21条", question: "问题", send: "提问", stop: "停止",
  hint: "Enter 提问，Shift+Enter 换行", disclaimer: "信息参考，不构成法律意见。引文逐字取自收录文本，引用前请以官方公布文本为准。",
  welcome: "从条文里找答案", welcome_more: "每条引用都已与收录文本逐字核实；文件没有回答的，会直接说没有。", start: "常见问题",
  filters: "范围", today: "今天有效的法律", as_of: "按 {day} 的法律", all_docs: "全部文件", some_docs: "{n} 份文件", binding: "仅有约束力",
  date_label: "按哪一天的法律", clear: "清除", apply: "完成", docs_label: "在哪些文件里找", choose_all: "不限文件",
  loading: "正在载入法规…", building: "首次启动，正在建立索引：{stage} {percent}", failed_start: "服务没有启动成功：{error}", searching: "正在查找条文…",
  copy: "复制", copy_plain: "纯文本", copy_md: "Markdown", copy_cites: "引注", copied: "已复制", export: "导出对话", export_md: "Markdown", export_docx: "Word",
  exporting: "正在导出…", exported: "已导出", helpful: "有帮助", unhelpful: "没帮助", note_label: "哪里好，哪里不对（可不填）", note_send: "保存反馈",
  note_about: "问题、引用的条文和这句话会存在本机服务器上，不发往别处。", thanks: "已保存，谢谢", cancel: "取消", edit: "修改再问", again: "再问一次", replay: "在新对话中再问",
  understood: "理解为", follow_up_of: "接着上一问", law_on: "{day} 的法律", in_docs: "限{docs}", said_as: "“{said}”即{law}", correct: "更正", ask_so: "按此再问", doc_any: "不指定文件",
  took: "{ms} 毫秒", evidence: "逐字核实 {n} 处引文", follow: "接着问", refused: "没有找到依据",
  intent_metadata: "文件信息", intent_comparison: "比较", intent_penalty: "法律责任", intent_definition: "定义", intent_deadline: "期限", intent_procedure: "程序", intent_scope: "适用范围", intent_prohibition: "禁止与许可", intent_authority: "主管机关", intent_duty: "义务",
  reader: "条文", reader_empty: "点开回答里的编号，这里显示条文全文，引用的文字加亮。", close: "关闭", previous: "上一条", next: "下一条", cited_here: "本次引用", chapter: "位置", caption: "编者条旨",
  issuers: "制定机关", number: "文号", adopted: "通过", promulgated: "公布", effective: "施行", status: "效力", verification: "核对", relations: "文件关系", cites: "本条引用", cited_by: "引用本条", whole_docs: "提到的文件", official: "官方公布页", no_official: "没有已核实的官方链接",
  level_full: "全文已与独立副本逐字核对", level_partial: "部分文字已核对（{percent}%）", level_recall: "没有找到可核对的独立副本", doubtful: "本条文字未能核对，引用前请查原文", digest: "摘编，非原文", copy_text: "复制条文", copy_link: "复制链接", copy_cite: "复制引注", open_doc: "在全文中看", ask_this: "问这一条", unconfirmed: "未核对",
  catalog_only: "只有目录，没有收录正文", catalog: "未收录正文的文件", library: "文件库", filter_docs: "筛选文件", search_in: "在本文件中查找", found: "{n} 处", none_found: "没有找到", toc: "目录", beside: "并排看", beside_none: "不并排", search_all: "在全部文件中查找条文", count: "{n} 条", sections: "{n} 节", about_doc: "文件信息", back: "返回文件列表", as_library: "文件效力按 {day} 显示", published: "{day} 公布", effective_from: "{day} 施行",
  history_title: "历史对话", history_about: "只存在这个浏览器里。", history_empty: "还没有对话。", history_clear: "全部清除", history_off: "不再记录", history_on: "开始记录", delete: "删除", cleared: "已清除",
  paste_offer: "这是一段较长的文字。要核对其中的法规引用吗？", paste_go: "核对引用", paste_no: "不用", too_long: "问题太长：{n} 字",
  offline: "连不上服务器：请检查网络，或服务是否在运行。", busy: "请求过于频繁：请稍候再试。", broken: "服务器出错了：请再试一次；仍不行请告诉管理员。", empty: "请先写下问题", suggestions: "建议的问题",
  you: "提问", answer: "回答", open_cite: "引用{n}：{label}，打开条文", menu_more: "更多",
  check: "核对", compare: "比较", skip_main: "跳到正文", export_txt: "纯文本（带引注）", compare_these: "逐条比较", compare_two: "逐条比较两份文件",
  check_title: "核对文字里的法规引用", check_about: "逐处核对：条款是否存在、引文是否逐字相符、转述有没有依据。文件只在内存里处理，不存盘；审计日志（如已开启）只记开头的二百字。",
  check_text: "要核对的文字", check_hint: "粘贴文字，或把文件拖到这里（.txt、.md、.docx、.pdf、.html，至多10 MB）", check_file: "选择文件", check_go: "核对", check_again: "核对别的文字", checking: "正在核对…", check_word: "下载带批注的 Word", check_bad_only: "只列需要处理的", check_empty: "请先粘贴文字或选择文件", check_of: "“{name}”的核对结果", check_text_name: "粘贴的文字", check_findings: "逐处结果",
  compare_title: "逐条比较两份文件", compare_old: "旧文件", compare_new: "新文件", compare_swap: "对调", compare_changed: "只看有变化的条文", comparing: "正在比较…", compare_chapter: "章", compare_none: "（不分章）", compare_draft: "征求意见稿与暂行办法", compare_law: "网络安全法2016与2025", compare_by_chapter: "各章变化",
};

const en = {
  name: "China's AI rules", ask: "Ask", browse: "Library", history: "History", fresh: "New", print: "Print", language: "中文",
  theme_system: "Theme: system", theme_light: "Theme: light", theme_dark: "Theme: dark", skip: "Skip to the question box",
  placeholder: "Ask a question, or name an article: 网安法21条", question: "Question", send: "Ask", stop: "Stop",
  hint: "Enter asks, Shift+Enter breaks the line", disclaimer: "For information, not legal advice. Quotations are literal from the texts held; check the official text before you rely on them.",
  welcome: "Answers out of the articles", welcome_more: "Every citation is verified character by character; where the documents do not answer, lawqa says so.", start: "Common questions",
  filters: "Scope", today: "Law in force today", as_of: "Law on {day}", all_docs: "All documents", some_docs: "{n} documents", binding: "Binding only",
  date_label: "Law on which day", clear: "Clear", apply: "Done", docs_label: "Which documents", choose_all: "All documents",
  loading: "Loading the rules…", building: "First start, building the index: {stage} {percent}", failed_start: "The service did not start: {error}", searching: "Looking for provisions…",
  copy: "Copy", copy_plain: "Plain text", copy_md: "Markdown", copy_cites: "Citations", copied: "Copied", export: "Export", export_md: "Markdown", export_docx: "Word",
  exporting: "Exporting…", exported: "Exported", helpful: "Helpful", unhelpful: "Not helpful", note_label: "What is good, what is wrong (optional)", note_send: "Save",
  note_about: "The question, the cited provisions and this note are stored on this server and sent nowhere.", thanks: "Saved, thank you", cancel: "Cancel", edit: "Edit and ask again", again: "Ask again", replay: "Ask in a new conversation",
  understood: "Read as", follow_up_of: "follow-up", law_on: "law on {day}", in_docs: "in {docs}", said_as: "“{said}” is {law}", correct: "Correct", ask_so: "Ask like this", doc_any: "No particular document",
  took: "{ms} ms", evidence: "{n} quotations verified", follow: "Ask next", refused: "No basis found",
  intent_metadata: "about the document", intent_comparison: "comparison", intent_penalty: "liability", intent_definition: "definition", intent_deadline: "time limit", intent_procedure: "procedure", intent_scope: "scope", intent_prohibition: "what is allowed", intent_authority: "authority", intent_duty: "duty",
  reader: "Provision", reader_empty: "Open a number in the answer: the whole article appears here, the quoted words highlighted.", close: "Close", previous: "Previous", next: "Next", cited_here: "Cited here", chapter: "Place", caption: "Editors' caption",
  issuers: "Issued by", number: "Number", adopted: "Adopted", promulgated: "Promulgated", effective: "Effective", status: "Status", verification: "Verification", relations: "Relations", cites: "Cites", cited_by: "Cited by", whole_docs: "Mentions", official: "Official page", no_official: "No verified official link",
  level_full: "Whole text compared with an independent copy", level_partial: "Compared in part ({percent}%)", level_recall: "No independent copy found", doubtful: "Wording of this provision is unconfirmed", digest: "Digest, not the original", copy_text: "Copy text", copy_link: "Copy link", copy_cite: "Copy citation", open_doc: "In full text", ask_this: "Ask about this", unconfirmed: "unconfirmed",
  catalog_only: "Catalog entry: the text is not held", catalog: "Instruments not held", library: "Library", filter_docs: "Filter documents", search_in: "Find in this document", found: "{n} found", none_found: "Nothing found", toc: "Contents", beside: "Side by side", beside_none: "Single", search_all: "Find provisions in all documents", count: "{n} articles", sections: "{n} sections", about_doc: "About this document", back: "Back to the list", as_library: "Status shown as of {day}", published: "published {day}", effective_from: "effective {day}",
  history_title: "History", history_about: "Kept in this browser only.", history_empty: "No conversation yet.", history_clear: "Clear all", history_off: "Stop keeping", history_on: "Keep history", delete: "Delete", cleared: "Cleared",
  paste_offer: "This is a long text. Check the citations in it?", paste_go: "Check citations", paste_no: "No", too_long: "Too long: {n} characters",
  offline: "The server cannot be reached: check the network, or whether the service runs.", busy: "Too many requests: please wait a moment.", broken: "The server failed: please try again, or tell your administrator.", empty: "Write a question first", suggestions: "Suggested questions",
  you: "Question", answer: "Answer", open_cite: "Citation {n}: {label}, open the provision", menu_more: "More",
  check: "Check", compare: "Compare", skip_main: "Skip to the content", export_txt: "Text with citations", compare_these: "Compare", compare_two: "Compare two documents article by article",
  check_title: "Check the citations in a text", check_about: "Does each provision exist, is each quotation literal, does each paraphrase have a basis? Files are handled in memory and not stored; an audit log, where one is kept, notes the first two hundred characters.",
  check_text: "Text to check", check_hint: "Paste a text, or drop a file here (.txt, .md, .docx, .pdf, .html, 10 MB at most)", check_file: "Choose a file", check_go: "Check", check_again: "Check another text", checking: "Checking…", check_word: "Download Word with comments", check_bad_only: "Only what needs attention", check_empty: "Paste a text or choose a file first", check_of: "Result for “{name}”", check_text_name: "the pasted text", check_findings: "Findings",
  compare_title: "Compare two documents article by article", compare_old: "Older", compare_new: "Newer", compare_swap: "Swap", compare_changed: "Changed articles only", comparing: "Comparing…", compare_chapter: "Chapter", compare_none: "(no chapters)", compare_draft: "Draft and Interim Measures", compare_law: "Cybersecurity Law 2016 and 2025", compare_by_chapter: "Changes by chapter",
};

const asked = new URLSearchParams(location.search).get("lang") || read("lawqa.lang");
export let lang = asked === "en" ? "en" : "zh";
const listeners = [];

export function t(key, values = {}) {
  const text = (lang === "en" ? en : zh)[key] ?? zh[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Run ``draw`` now and whenever the language changes. */
export function drawn(draw) { listeners.push(draw); draw(); }

export function setLanguage(next) {
  lang = next;
  write("lawqa.lang", next);
  document.documentElement.lang = next === "en" ? "en" : "zh-CN";
  listeners.forEach((draw) => draw());
}

/** Storage may be denied (private window, foreign frame): the page works without it. */
export function read(key) { try { return localStorage.getItem(key); } catch { return null; } }
export function write(key, value) {
  try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); return true; } catch { return false; }
}
