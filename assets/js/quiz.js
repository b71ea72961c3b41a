// The quiz's page is read without this file: the answers are folded below their questions. This adds a button to each that marks what was
// chosen, and a score. Nothing is kept, and nothing is sent.
import { button } from "./copy.js";

const quiz = document.querySelector(".quiz");
const items = [...quiz.querySelectorAll(".quiz-item")];
const words = quiz.dataset;
const results = new Map();

const fill = (text, values) => text.replace(/\{(\d)\}/g, (_, i) => values[i - 1]);

const status = (className) => {
  const p = document.createElement("p");
  p.className = className;
  p.setAttribute("role", "status");
  return p;
};

const score = status("quiz-score");

const showScore = () => {
  const right = [...results.values()].filter(Boolean).length;
  score.textContent = results.size ? fill(words.score, [results.size, items.length, right]) : "";
};

// A mark is a word, too: nobody has to tell colours apart.
const mark = (at, kind) => {
  const note = document.createElement("span");
  note.className = `quiz-mark ${kind}`;
  note.textContent = words[kind];
  at.append(note);
};

const unmark = (item) => {
  for (const note of item.querySelectorAll(".quiz-mark")) note.remove();
};

const inputs = (item) => [...item.querySelectorAll("input")];
const selects = (item) => [...item.querySelectorAll("select")];

const answered = (item) => (item.dataset.kind === "match" ? selects(item).every((s) => s.value) : inputs(item).some((i) => i.checked));

const judge = (item) => {
  let right = true;
  for (const input of inputs(item)) {
    const wanted = "right" in input.dataset;
    right = right && input.checked === wanted;
    if (input.checked) mark(input.parentElement, wanted ? "right" : "wrong");
    else if (wanted) mark(input.parentElement, "missed");
  }
  for (const select of selects(item)) {
    const hit = select.value === select.dataset.right;
    right = right && hit;
    mark(select.parentElement, hit ? "right" : "wrong");
  }
  return right;
};

const forget = (item, verdict) => {
  unmark(item);
  verdict.textContent = "";
  results.delete(item);
};

const restart = [];
for (const item of items) {
  const verdict = status("quiz-verdict");
  const details = item.querySelector("details");
  const check = button(words.check, () => {
    forget(item, verdict);
    if (answered(item)) {
      results.set(item, judge(item));
      details.open = true;
    }
    // A status is read out when its text changes, so the same word again needs the gap.
    requestAnimationFrame(() => {
      const result = results.get(item);
      verdict.textContent = result === undefined ? words.choose : result ? words.right : words.wrong;
      verdict.dataset.result = result;
    });
    showScore();
  });
  const tools = document.createElement("div");
  tools.className = "quiz-tools no-print";
  tools.append(check, verdict);
  details.before(tools);
  // What was marked is no longer what is chosen.
  item.addEventListener("change", () => { forget(item, verdict); showScore(); });
  restart.push(() => { forget(item, verdict); details.open = false; });
}

const again = button(words.again, () => {
  for (const input of quiz.querySelectorAll("input")) input.checked = false;
  for (const select of quiz.querySelectorAll("select")) select.value = "";
  restart.forEach((f) => f());
  showScore();
  items[0].querySelector("input, select").focus();
});
const foot = document.createElement("div");
foot.className = "quiz-foot no-print";
foot.append(score, again);
quiz.append(foot);
