// Sends a reader's answer, keeps drafts, and measures how long the image was in view.

const retryPauses = [500, 1000, 2000, 4000, 8000];

/** Counts the seconds in which the page is visible, from what was counted on other devices. */
export class Stopwatch {
    #seconds;
    #since = null;

    constructor(seconds) { this.#seconds = seconds; }

    start() {
        if (!document.hidden) this.#since = performance.now();
        document.addEventListener("visibilitychange", () => {
            this.#seconds = this.seconds;
            this.#since = document.hidden ? null : performance.now();
        });
    }

    get seconds() {
        return this.#seconds + (this.#since === null ? 0 : (performance.now() - this.#since) / 1000);
    }
}

export class AnswerForm {
    #form;
    #status;
    #stopwatch;
    #isSending = false;
    #draftTimer = 0;

    constructor(form, status, stopwatch) {
        this.#form = form;
        this.#status = status;
        this.#stopwatch = stopwatch;
        form.noValidate = true;
        form.addEventListener("submit", (event) => this.#submit(event));
        form.addEventListener("input", () => this.#changed());
        document.addEventListener("visibilitychange", () => {
            if (document.hidden) this.#saveDraft();
        });
        this.#followUnsure();
    }

    /** Chooses the option with this key in a question; the same key again leaves it chosen. */
    choose(question, key) {
        const choice = this.#form.querySelector(`#${question} [data-key="${key}"]:enabled`);
        if (!choice) return false;
        choice.checked = true;
        choice.dispatchEvent(new Event("input", { bubbles: true }));
        return true;
    }

    has(question) { return this.#form.querySelector(`#${question}`) !== null; }

    async #submit(event) {
        event.preventDefault();
        if (this.#isSending) return;
        const target = event.submitter?.getAttribute("formaction") ?? this.#form.getAttribute("action");
        const isPause = target !== this.#form.getAttribute("action");
        const missing = isPause ? undefined : this.#missing;
        if (missing) {
            this.#say(`Please choose: ${missing.querySelector("legend").textContent}`);
            missing.querySelector("input:enabled").focus();
            return;
        }
        this.#isSending = true;
        clearTimeout(this.#draftTimer);
        this.#form.setAttribute("aria-busy", "true");
        await this.#send(target, isPause);
        this.#isSending = false;
        this.#form.removeAttribute("aria-busy");
    }

    /** Sends until the server has it; the key in the form makes a second arrival harmless. */
    async #send(target, isPause) {
        const body = this.#body;
        for (const pause of [...retryPauses, null]) {
            try {
                const response = await fetch(target, { method: "POST", body, redirect: "manual" });
                if (response.type === "opaqueredirect") {
                    location.replace(isPause ? "/paused" : "/study");
                    return await new Promise(() => {});
                }
                if (response.status < 500) {
                    this.#say(await response.text());
                    if (response.status === 409) setTimeout(() => location.replace("/study"), 2500);
                    return;
                }
            } catch (error) {
                console.warn("sending failed", error);
            }
            if (pause === null) break;
            this.#say("Not saved yet. Trying again …");
            await new Promise((resolve) => setTimeout(resolve, pause));
        }
        this.#say("Not saved: the server cannot be reached. Your entries are still here; try again.");
    }

    get #body() {
        this.#form.elements.seconds.value = this.#stopwatch.seconds.toFixed(2);
        return new URLSearchParams(new FormData(this.#form));
    }

    get #missing() {
        return [...this.#form.querySelectorAll("fieldset:enabled")].find(
            (question) =>
                question.querySelector("[type=radio]") && !question.querySelector(":checked"));
    }

    #changed() {
        this.#followUnsure();
        this.#say("");
        clearTimeout(this.#draftTimer);
        this.#draftTimer = setTimeout(() => this.#saveDraft(), 800);
    }

    /** Who cannot decide is not asked how sure. */
    #followUnsure() {
        const confidence = this.#form.querySelector("#confidence");
        if (!confidence) return;
        confidence.disabled = this.#form.querySelector("[data-unsure]:checked") !== null;
    }

    async #saveDraft() {
        if (this.#isSending || this.#form.dataset.revision !== undefined) return;
        try {
            await fetch("/study/draft", { method: "POST", body: this.#body, keepalive: true });
        } catch (error) {
            // The next change saves it again, and the answer itself is sent until it arrives.
            console.warn("draft not saved", error);
        }
    }

    #say(text) { this.#status.textContent = text; }
}
