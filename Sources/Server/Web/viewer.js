// Shows an image with zoom, pan, window and level. Values are those of 8-bit display pixels.

const fullWindow = { center: 127.5, width: 255 };

/** The display value of each stored value for a window, perhaps inverted. */
export function windowTable({ center, width }, isInverted) {
    const low = center - width / 2;
    return Uint8ClampedArray.from({ length: 256 }, (_, value) => {
        const shown = ((value - low) / width) * 255;
        return isInverted ? 255 - shown : shown;
    });
}

export class Viewer {
    #canvas;
    #context;
    #pixels;
    #adjusted;
    #onChange;
    #isInverted = false;
    #window = { ...fullWindow };
    #scale = 1;
    #offset = { x: 0, y: 0 };
    #isFitted = true;
    #pointers = new Map();
    #frame = 0;

    /** Drag moves the image where this is "pan", and changes the window where it is "window". */
    tool = "window";

    constructor(canvas, image, onChange) {
        this.#canvas = canvas;
        this.#context = canvas.getContext("2d");
        this.#onChange = onChange;
        this.#adjusted = document.createElement("canvas");
        this.#adjusted.width = image.naturalWidth;
        this.#adjusted.height = image.naturalHeight;
        const adjusted = this.#adjusted.getContext("2d", { willReadFrequently: true });
        adjusted.drawImage(image, 0, 0);
        this.#pixels = adjusted.getImageData(0, 0, image.naturalWidth, image.naturalHeight);
        new ResizeObserver(() => this.#resize()).observe(canvas);
        canvas.addEventListener("pointerdown", (event) => this.#press(event));
        canvas.addEventListener("pointermove", (event) => this.#drag(event));
        for (const end of ["pointerup", "pointercancel"]) {
            canvas.addEventListener(end, (event) => this.#pointers.delete(event.pointerId));
        }
        canvas.addEventListener("contextmenu", (event) => event.preventDefault());
        canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
        this.#resize();
        this.#adjust();
    }

    get state() {
        return { scale: this.#scale / devicePixelRatio, inverted: this.#isInverted, ...this.#window };
    }

    zoomIn() { this.#zoom(1.25, this.#middle); }
    zoomOut() { this.#zoom(0.8, this.#middle); }

    pan(x, y) {
        this.#isFitted = false;
        this.#offset.x += x * devicePixelRatio;
        this.#offset.y += y * devicePixelRatio;
        this.#draw();
    }

    changeWindow(width, center) {
        this.#window.width = Math.min(510, Math.max(1, this.#window.width + width));
        this.#window.center = Math.min(255, Math.max(0, this.#window.center + center));
        this.#adjust();
    }

    invert() {
        this.#isInverted = !this.#isInverted;
        this.#adjust();
    }

    reset() {
        this.#isInverted = false;
        this.#window = { ...fullWindow };
        this.#fit();
        this.#adjust();
    }

    get #middle() { return { x: this.#canvas.width / 2, y: this.#canvas.height / 2 }; }

    #resize() {
        const { clientWidth, clientHeight } = this.#canvas;
        this.#canvas.width = Math.max(1, Math.round(clientWidth * devicePixelRatio));
        this.#canvas.height = Math.max(1, Math.round(clientHeight * devicePixelRatio));
        if (this.#isFitted) this.#fit();
        this.#draw();
    }

    #fit() {
        const { width, height } = this.#adjusted;
        this.#isFitted = true;
        this.#scale = Math.min(this.#canvas.width / width, this.#canvas.height / height);
        this.#offset = {
            x: (this.#canvas.width - width * this.#scale) / 2,
            y: (this.#canvas.height - height * this.#scale) / 2,
        };
    }

    /** Zooms so that the image's point under `place` (in canvas pixels) stays there. */
    #zoom(factor, place) {
        const scale = Math.min(32, Math.max(0.1, this.#scale * factor));
        const ratio = scale / this.#scale;
        this.#isFitted = false;
        this.#offset.x = place.x - (place.x - this.#offset.x) * ratio;
        this.#offset.y = place.y - (place.y - this.#offset.y) * ratio;
        this.#scale = scale;
        this.#draw();
    }

    #press(event) {
        this.#canvas.setPointerCapture(event.pointerId);
        this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }

    #drag(event) {
        const before = this.#pointers.get(event.pointerId);
        if (!before) return;
        const now = { x: event.clientX, y: event.clientY };
        const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
        this.#pointers.set(event.pointerId, now);
        const [x, y] = [now.x - before.x, now.y - before.y];
        if (other) {
            const distance = (point) => Math.hypot(point.x - other.x, point.y - other.y);
            const middle = this.#place({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 });
            this.pan(x / 2, y / 2);
            if (distance(before) > 0) this.#zoom(distance(now) / distance(before), middle);
        } else if (this.tool === "pan" || event.shiftKey || event.buttons > 1) {
            this.pan(x, y);
        } else {
            this.changeWindow(x, -y / 2);
        }
    }

    #wheel(event) {
        event.preventDefault();
        this.#zoom(Math.exp(-event.deltaY / 400), this.#place(event));
    }

    #place({ clientX, clientY }) {
        const box = this.#canvas.getBoundingClientRect();
        return { x: (clientX - box.left) * devicePixelRatio, y: (clientY - box.top) * devicePixelRatio };
    }

    #adjust() {
        const table = windowTable(this.#window, this.#isInverted);
        const { data, width, height } = this.#pixels;
        const shown = new ImageData(width, height);
        for (let index = 0; index < data.length; index += 4) {
            shown.data[index] = table[data[index]];
            shown.data[index + 1] = table[data[index + 1]];
            shown.data[index + 2] = table[data[index + 2]];
            shown.data[index + 3] = 255;
        }
        this.#adjusted.getContext("2d").putImageData(shown, 0, 0);
        this.#draw();
    }

    /** Draws at the next frame; the pixels between stay soft until they are large. */
    #draw() {
        cancelAnimationFrame(this.#frame);
        this.#frame = requestAnimationFrame(() => {
            const context = this.#context;
            context.setTransform(1, 0, 0, 1, 0, 0);
            context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
            context.imageSmoothingEnabled = this.#scale < 6;
            context.imageSmoothingQuality = "high";
            context.setTransform(this.#scale, 0, 0, this.#scale, this.#offset.x, this.#offset.y);
            context.drawImage(this.#adjusted, 0, 0);
            this.#onChange(this.state);
        });
    }
}
