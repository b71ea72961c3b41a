// Reads the page aloud, sentence by sentence, where the device has a Vietnamese voice; without one, and without this file, there is no
// button. What is said lies beside the page, worked out when the site was built. The words on the page are left as they are.
import { button } from "./copy.js";

const room = document.querySelector(".aloud");
const synth = window.speechSynthesis;
const words = room?.dataset;

const vietnamese = () => synth.getVoices().find((v) => /^vi\b/i.test(v.lang.replace("_", "-")));

// The page's text without white space, and where each of its characters stands: a sentence is found there however it is marked up.
const textOf = () => {
  const nodes = [];
  let text = "";
  for (const part of document.querySelectorAll("[data-aloud]")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      nodes.push({ node, at: text.length });
      text += node.data.replace(/\s+/g, "");
    }
  }
  return { nodes, text };
};

// The offset in a node of its nth character that is no white space.
const offsetOf = (node, nth) => {
  let seen = -1;
  for (let i = 0; i < node.data.length; i++) if (/\S/.test(node.data[i]) && ++seen === nth) return i;
  return node.data.length;
};

const rangesOf = (sentences) => {
  const { nodes, text } = textOf();
  const place = (at) => {
    let i = nodes.findIndex((n) => n.at > at);
    if (i < 0) i = nodes.length;
    return { node: nodes[i - 1].node, offset: offsetOf(nodes[i - 1].node, at - nodes[i - 1].at) };
  };
  let from = 0;
  return sentences.map(([shown]) => {
    const key = shown.replace(/\s+/g, "");
    const at = text.indexOf(key, from);
    if (at < 0) return null;
    from = at + key.length;
    const range = document.createRange();
    const first = place(at);
    const last = place(from - 1);
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset + 1);
    return range;
  });
};

// A highlight changes nothing in the page: what is copied, searched and selected stays the same.
const mark = (range) => {
  if (!window.Highlight || !window.CSS?.highlights) return;
  CSS.highlights.delete("aloud");
  if (!range) return;
  CSS.highlights.set("aloud", new Highlight(range));
  const box = range.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) range.startContainer.parentElement.scrollIntoView({ block: "center" });
};

const styled = () => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("::highlight(aloud){background-color:var(--color-mark,Mark)}");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    // An old browser reads without marking.
  }
};

const start = () => {
  let sentences, ranges;
  let at = 0;
  let reading = 0; // the number of the run that speaks: what an older one still says of its end does not count

  const failed = document.createElement("span");
  failed.setAttribute("role", "status");

  const show = (state) => {
    toggle.textContent = { idle: words.play, reading: words.pause, paused: words.resume }[state];
    room.dataset.state = state;
    stop.hidden = state === "idle";
  };

  const end = () => {
    reading++;
    synth.cancel();
    mark(null);
    at = 0;
    show("idle");
  };

  const speak = (run, breath) => {
    if (run !== reading) return;
    if (at >= sentences.length) { end(); return; }
    const said = sentences[at].slice(1);
    if (breath === 0) mark(ranges[at]);
    const utterance = new SpeechSynthesisUtterance(said[breath]);
    utterance.voice = vietnamese();
    utterance.lang = utterance.voice?.lang || "vi-VN";
    utterance.onend = () => {
      if (run !== reading) return;
      if (breath + 1 < said.length) { speak(run, breath + 1); return; }
      at++;
      speak(run, 0);
    };
    utterance.onerror = () => { if (run === reading) pause(); };
    synth.speak(utterance);
  };

  // pause() of speechSynthesis loses its place on telephones: the sentence is begun again instead.
  const pause = () => {
    reading++;
    synth.cancel();
    show("paused");
  };

  const play = async () => {
    failed.textContent = "";
    if (!sentences) {
      try {
        const answer = await fetch(words.spoken);
        if (!answer.ok) throw new Error(answer.statusText);
        sentences = await answer.json();
      } catch {
        failed.textContent = words.failed;
        return;
      }
      ranges = rangesOf(sentences);
      styled();
    }
    show("reading");
    speak(++reading, 0);
  };

  const toggle = button(words.play, () => (room.dataset.state === "reading" ? pause() : play()));
  const stop = button(words.stop, () => { end(); toggle.focus(); });
  room.append(toggle, stop, failed);
  show("idle");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && room.dataset.state !== "idle") end();
  });
  addEventListener("pagehide", end);
};

// Voices come late.
if (room && synth && window.SpeechSynthesisUtterance) {
  let started = false;
  const offer = () => {
    if (started || !vietnamese()) return;
    started = true;
    start();
  };
  synth.onvoiceschanged = offer;
  offer();
}
