// The reading page: the image, the answer, and the keys for both.
import { AnswerForm, Stopwatch } from "./answer.js";
import { Viewer } from "./viewer.js";

const element = (selector) => document.querySelector(selector);
const form = element("#answer");
const help = element("#help");
const singleKeys = element("#single-keys");
const stopwatch = new Stopwatch(Number(form.dataset.seconds) || 0);
const answer = new AnswerForm(form, element("#status"), stopwatch);

const source = element("#source");
await source.decode();
const canvas = element("#view");
source.hidden = true;
canvas.hidden = false;
element(".tools").hidden = false;
const viewer = new Viewer(canvas, source, ({ scale, width, center, inverted }) => {
    const percent = Math.round(scale * 100);
    element("#readout").textContent =
        `${percent} % · W ${Math.round(width)} L ${Math.round(center)}`;
    element("[data-view=invert]").setAttribute("aria-pressed", inverted);
});
stopwatch.start();

for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => viewer[button.dataset.view]());
}
for (const radio of document.querySelectorAll("[name=tool]")) {
    radio.addEventListener("change", () => { viewer.tool = radio.value; });
}
element("#show-help").addEventListener("click", () => help.showModal());

const settingName = "singleKeys";
singleKeys.checked = localStorage.getItem(settingName) !== "off";
singleKeys.addEventListener("change", () => {
    localStorage.setItem(settingName, singleKeys.checked ? "on" : "off");
});

const step = 40;
const strokes = {
    "+": () => viewer.zoomIn(),
    "=": () => viewer.zoomIn(),
    "-": () => viewer.zoomOut(),
    "i": () => viewer.invert(),
    "r": () => viewer.reset(),
    "d": () => element("#description textarea")?.focus(),
    "p": () => element("#pause")?.click(),
    "b": () => element("#previous")?.click(),
    "?": () => help.showModal(),
    "ArrowLeft": (shift) => (shift ? viewer.changeWindow(-8, 0) : viewer.pan(step, 0)),
    "ArrowRight": (shift) => (shift ? viewer.changeWindow(8, 0) : viewer.pan(-step, 0)),
    "ArrowUp": (shift) => (shift ? viewer.changeWindow(0, 4) : viewer.pan(0, step)),
    "ArrowDown": (shift) => (shift ? viewer.changeWindow(0, -4) : viewer.pan(0, -step)),
};

/** Digits answer; with Shift they say how sure. The code is that of the key, whatever it types. */
function chooseByDigit(event) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (!digit) return false;
    if (event.shiftKey) return answer.choose("confidence", digit);
    return answer.choose(answer.has("quality") ? "quality" : "label", digit);
}

document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key === "Enter" && (event.ctrlKey || !target.closest("textarea, button, a, dialog"))) {
        event.preventDefault();
        if (!event.repeat) form.requestSubmit();
        return;
    }
    if (event.key === "Escape" && target.closest("textarea")) {
        canvas.focus();
        return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || target.closest("textarea")) return;
    const isChoosing = target.matches("[type=radio]") && event.key.startsWith("Arrow");
    if (isChoosing || (!singleKeys.checked && event.key.length === 1)) return;
    if (chooseByDigit(event)) {
        event.preventDefault();
        return;
    }
    const stroke = strokes[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!stroke) return;
    event.preventDefault();
    stroke(event.shiftKey);
});

// A page from the browser's memory may show an image that is long answered.
window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
});
