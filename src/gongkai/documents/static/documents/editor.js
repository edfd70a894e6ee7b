// 正文编辑：the package django-prose-editor over the plain text area, which stays what is sent.
// Its own bundle is loaded from this site; nothing is injected that the content policy forbids.

const WORDS = {
  URL: "网址", Title: "标题", Update: "更新", Cancel: "取消", "Image URL": "图片地址",
  "Alternative Text": "图片说明", Caption: "图注", "Edit Figure": "修改图片", "Insert Figure": "插入图片",
  Insert: "插入", "Edit HTML": "修改 HTML", Prettify: "整理", "Open in new window": "在新窗口打开",
  "Edit Link": "修改链接", "List properties": "列表属性", "Toggle fullscreen": "全屏",
  "Decimal numbers": "1、2、3", "Lowercase letters": "a、b、c", "Uppercase letters": "A、B、C",
  "Lowercase Roman numerals": "i、ii、iii", "Uppercase Roman numerals": "I、II、III",
  "Start at": "起始编号", "List type": "编号样式", Rows: "行数", Columns: "列数",
  "Include header row": "首行为表头", "Table Properties": "表格属性", "Insert Table": "插入表格",
};
// The menu of the package speaks English whatever it is asked; its buttons are named here.
const BUTTONS = {
  paragraph: "段落", "heading 2": "一级标题", "heading 3": "二级标题", "heading 4": "三级标题",
  "unordered list": "项目符号", "ordered list": "编号列表", blockquote: "引用", bold: "加粗",
  italic: "斜体", underline: "下划线", subscript: "下标", superscript: "上标",
  "insert link": "插入链接", "remove link": "取消链接", "insert table": "插入表格",
  "add column": "插入列", "delete column": "删除列", "add row": "插入行", "delete row": "删除行",
  "merge cells": "合并单元格", "split cell": "拆分单元格", "toggle header cell": "设为表头",
  "delete table": "删除表格", undo: "撤销", redo: "重做", "edit html": "修改 HTML",
};

function nameButtons(frame) {
  for (const button of frame.querySelectorAll(".prose-menubar button[title]")) {
    const name = BUTTONS[button.title.toLowerCase()];
    if (name) { button.title = name; button.setAttribute("aria-label", name); }
  }
  for (const words of frame.querySelectorAll(".prose-menubar__option > *"))
    words.textContent = BUTTONS[words.textContent.toLowerCase()] ?? words.textContent;
}

window.gettext ??= (text) => WORDS[text] ?? text;

// What official texts carry beside their words: the side a line stands on, and its anchor.
const kept = (kit) => kit.Extension.create({
  name: "officialLine",
  addGlobalAttributes: () => [{
    types: ["paragraph", "heading"],
    attributes: {
      align: { default: null, keepOnSplit: false },
      id: { default: null, keepOnSplit: false },
    },
  }],
});

function extensions(kit) {
  return [
    kit.Document, kit.Dropcursor, kit.Gapcursor, kit.Paragraph, kit.Text, kit.HardBreak,
    kit.Heading.configure({ levels: [2, 3, 4] }), kit.Bold, kit.Italic, kit.Underline,
    kit.Subscript, kit.Superscript, kit.BulletList, kit.OrderedList, kit.ListItem, kit.Blockquote,
    kit.Link, kit.Image, kit.Table.configure({ resizable: false }), kit.TableRow, kit.TableHeader,
    kit.TableCell, kit.History, kit.HTML, kit.NoSpellCheck, kit.Fullscreen, kit.Menu, kept(kit),
  ].filter(Boolean);
}

function dress(area, kit) {
  const frame = document.createElement("div");
  frame.className = "prose-editor";
  area.before(frame);
  frame.append(area);
  const editor = new kit.Editor({
    element: frame,
    extensions: extensions(kit),
    content: area.value,
    injectCSS: false,
    editorProps: { attributes: { "aria-label": "正文", role: "textbox", "aria-multiline": "true" } },
    onCreate: () => nameButtons(frame),
    onTransaction: () => requestAnimationFrame(() => nameButtons(frame)),
    onUpdate: () => { area.value = editor.isEmpty ? "" : editor.getHTML(); },
  });
}

for (const area of document.querySelectorAll("textarea[data-editor]")) {
  const script = document.querySelector("script[data-editor-kit]");
  import(script.dataset.editorKit).then((kit) => dress(area, kit)).catch(console.error);
}
