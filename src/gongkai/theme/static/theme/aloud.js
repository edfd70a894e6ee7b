// 朗读：the elder view reads a page aloud with the voice of the reader's own device. Nothing of it
// shows without a script or without a voice; every word on a button stands in the page, so that it
// is in the script (简、繁) of the page.

const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, caption, summary, img[alt]";
const SILENT = "form, script, style, button, .toc, .no-print, .paging, [hidden], [aria-hidden=true]";
const LONGEST = 120; // some voices fall silent in the middle of a longer piece

/** What is to be read: each block once, those inside another left to it. */
function passages(root) {
  return [...root.querySelectorAll(BLOCKS)]
    .filter((one) => !one.closest(SILENT) && !one.querySelector(BLOCKS))
    .map((one) => ({ block: one, text: wordsOf(one) }))
    .filter(({ text }) => text);
}

function wordsOf(block) {
  const text = block.tagName === "IMG" ? block.alt : block.textContent;
  return text.replace(/\s+/g, " ").trim();
}

/** Sentences, and longer ones cut at a comma. */
function sentences(text) {
  const found = [];
  for (const sentence of text.match(/[^。！？；]+[。！？；]?/g) ?? [])
    for (let rest = sentence; rest; ) {
      const comma = rest.lastIndexOf("，", LONGEST) + 1;
      const end = rest.length <= LONGEST ? rest.length : comma || LONGEST;
      found.push(rest.slice(0, end));
      rest = rest.slice(end);
    }
  return found;
}

class Reader {
  constructor(bar) {
    this.bar = bar;
    this.voice = window.speechSynthesis;
    this.turn = 0; // what an earlier reading still says is not listened to
    this.held = false;
    bar.addEventListener("click", (event) => this.deeds[event.target.dataset.aloud]?.call(this));
    addEventListener("keydown", (event) => event.key === "Escape" && this.queue && this.deeds.stop.call(this));
    addEventListener("pagehide", () => this.voice.cancel());
    this.voice.cancel(); // what the page before left behind
    this.show("start", "slow");
    bar.hidden = false;
  }

  deeds = {
    start() {
      this.queue = this.chosen();
      this.hold(false);
      this.show("pause", "stop", "slow");
      this.next();
    },
    pause() { this.hold(true); this.show("resume", "stop", "slow"); },
    resume() { this.hold(false); this.show("pause", "stop", "slow"); },
    stop() { this.end(); },
    slow() {
      const button = this.button("slow");
      button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    },
  };

  /** The words the reader has marked, or else the whole page. */
  chosen() {
    const marked = String(getSelection()).trim();
    const found = marked ? [{ text: marked }] : passages(document.getElementById("main"));
    return found.flatMap(({ block, text }) => sentences(text).map((words) => ({ block, words })));
  }

  next() {
    const piece = this.queue.shift();
    if (!piece) return this.end();
    const turn = ++this.turn;
    const said = new SpeechSynthesisUtterance(piece.words);
    said.lang = document.documentElement.lang === "zh-Hant" ? "zh-TW" : "zh-CN";
    said.voice = this.voice.getVoices().find((one) => one.lang.replace("_", "-") === said.lang) ?? null;
    said.rate = this.button("slow").getAttribute("aria-pressed") === "true" ? 0.7 : 1;
    said.onend = () => turn === this.turn && this.next();
    said.onerror = () => turn === this.turn && this.end("failed");
    this.mark(piece.block);
    this.voice.speak(said);
  }

  hold(wanted) {
    this.held = wanted;
    if (wanted) this.voice.pause();
    else this.voice.resume();
  }

  end(...also) {
    this.turn += 1;
    this.queue = null;
    this.voice.cancel();
    this.hold(false);
    this.mark(null);
    this.show("start", "slow", ...also);
  }

  mark(block) {
    this.marked?.classList.remove("aloud-now");
    this.marked = block;
    block?.classList.add("aloud-now");
    block?.scrollIntoView({ block: "nearest" });
  }

  button(name) { return this.bar.querySelector(`[data-aloud=${name}]`); }

  /** Show these buttons and no others; the focus never stays on one that is gone. */
  show(...names) {
    const focused = document.activeElement;
    for (const one of this.bar.querySelectorAll("[data-aloud]")) one.hidden = !names.includes(one.dataset.aloud);
    if (this.bar.contains(focused) && focused.hidden) this.button(names[0]).focus();
  }
}

const bar = document.querySelector(".aloud");
if (bar && "speechSynthesis" in window) new Reader(bar);
