"""Writes Tests/Goldens/tokenizer: small CLIP tokenizers, and what transformers makes of prompts.

The reference is transformers.CLIPTokenizer of the pinned version, which is backed by the
tokenizers library. Python 3.11 fixes the Unicode version of the random prompts. Run from the root of the repository:

    python3.11 -m venv .venv-tokenizer
    .venv-tokenizer/bin/pip install -r Scripts/make-tokenizer-goldens.requirements.txt
    .venv-tokenizer/bin/python Scripts/make-tokenizer-goldens.py

Folders
    multilingual/  vocabulary of the sentences below with the special tokens of Stable Diffusion 2.x
                   (padding is "!"), in the layout that transformers 4 saved
    saved/         a tiny one as transformers 5 saves it: tokenizer.json; its added tokens use every
                   way of matching
Files
    prompts.jsonl  text (and repeat, how often it stands there), then for each tokenizer the number
                   of tokens, an FNV-1a hash of all ids, and the ids before truncation, if they are few
    texts.jsonl    text, its ids cut to 77, the words cut off, and the text that the ids decode to
    scalars.json   for every block of 256 Unicode scalars the hash of the ids of
                   "a" + scalar + "b " for all of its scalars that Unicode 14 (Python 3.11) assigns
"""

import importlib
import json
import random
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

from tokenizers import AddedToken, pre_tokenizers, Regex
from transformers import CLIPTokenizer

trainer = importlib.import_module("train-tokenizer")
ROOT = Path(__file__).parent.parent
GOLDENS = ROOT / "Tests/Goldens/tokenizer"

SENTENCES = """
All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience.
Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt.
Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience.
Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia.
Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência.
Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza.
Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem.
Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím.
Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler.
Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.
Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом и совестью.
Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.
כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון.
يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا.
सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।
มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ
人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心。 胸部のX線写真 手のレントゲン 膝関節
すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。
모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 흉부 엑스레이
ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.
Röntgenbild der Hand, radiographie du thorax, radiografía de tórax, рентген грудной клетки, ακτινογραφία
😀😃🦴🫀🫁🧠 👩‍⚕️ 👨🏽‍⚕️ ❤️ 🇺🇸🇩🇪 ½ ² ³ Ⅷ ① ٣ ४ &amp; &lt; &gt; &quot; &#39; &nbsp; don't it's we're I've I'm you'll he'd
""".strip().splitlines()

EDGES = [
    "", " ", "\n", "\t \r\n", "a", "A", "\u0000", "\u0001\u0002", "a\u0000b", "\u200b", "a\u200bb", "\ufeffa",
    "\u00ad", "\u061c", "\u202eabc\u202c", "\u2028a\u2029b", "\x1c\x1d\x1e\x1f", "a\x1cb", "\x7f", "\x85a",
    "a\u088fb", "a\U00011de0b", "a\U00032fffb", "\u0378", "\ufffd", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\U000f0000", "\U000e0041\U000e007f",
    "'s", "'S", "it's", "IT'S", "don't", "DON'T", "we're", "I've", "I'm", "you'll", "he'd", "'tis", "rock 'n' roll",
    "it’s", "''s", "'ss", "'re're", "'l", "'ll'", "!'s", "('s)", "a'b'c", "'", "''", "'d'd'd", "s's", "o'clock",
    "0", "12", "3.14", "1,000", "1e-5", "½", "²", "Ⅷ", "①", "٣٤", "४", "10mg/ml", "T1-weighted", "COVID-19", "L4/L5",
    "...", "…", "—", "–", "!?!?", "!", "!!", "! !", "hello!", "!hello", "a!b", "¡hola!", "#$%&*()[]{}", "\\", "/", "|",
    "<|startoftext|>", "<|endoftext|>", "<|endoftext|><|endoftext|>", "a<|endoftext|>b", "a <|endoftext|> b",
    "<|ENDOFTEXT|>", "<|EndOfText|>!!", "<|StartOfText|>x", "<|endoftext", "|endoftext|>", "<|endoftext|", "<<|endoftext|>>",
    "<|end oftext|>", "!<|ENDOFTEXT|>", "<|startoftext|>a<|endoftext|>!", "<|endoftext|>'s", "<|ENDOFTEXT|>'S", "< | endoftext | >",
    "<|ｅndoftext|>", "<|endofteXt|>", "<|endoftext|\u0301>", "<|startoftext|>\u0301", "</w>", "a</w>b", "hand</w>",
    "&amp;", "&lt;b&gt;", "&#39;", "&nbsp;", "&quot;x&quot;", "&copy", "<b>bold</b>", "http://example.com/?a=b&c=d", "a@b.org",
    "É", "E\u0301", "e\u0301", "é", "\u0301", "\u0301a", "a\u0301\u0327", "a\u0327\u0301", "ﬁ", "ǅ", "ß", "ẞ", "İ", "I\u0307", "ı",
    "Σ", "ΟΔΟΣ", "ὈΔΥΣΣΕΎΣ", "ς", "Å", "\u212b", "\u212a", "Ω", "\u2126", "Ⓐ", "Ａ１", "㎏", "ﷺ", "각", "\u1100\u1161\u11a8",
    "가\u11a8", "한국어", "日本語", "が", "か\u3099", "ｶﾞ", "中文字符", "中 文", "\U0002f800", "\uf900", "हिन्दी", "ไทย", "עִבְרִית", "العَرَبِيَّة",
    "👩‍⚕️", "👨🏽‍⚕️", "❤️", "❤", "🇺🇸", "🏳️‍🌈", "1️⃣", "😀😀", "a😀b", "🦴x-ray", "x\u200dray", "naïve café", "nai\u0308ve cafe\u0301",
    "A\u030a", "\u1e9b\u0323", "q\u0307\u0323", "\u0344", "\u0958", "\u2adc", "\ufb1d", "\U0001d15e", "\u0f73", "\u0f71\u0f72", "a\u20ed\u0f73", "a\u0f75\u0f71", "a\u0301\u0f81\u08d3\u0f72",
    "i̇", "J\u030c", "ŉ", "Straße", "STRASSE", "ΑΣ Σ ΣΑ", "Ǆ", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𐐀𐐨", "Ꭰꭰ", "ა Ა", "\U0001e900", "ᾈ", "ᾼ",
    "hello   world", " leading", "trailing ", "a\tb\nc\rd\x0be\x0cf", "a\u00a0b", "a\u3000b", "a\u1680b", "a\u2009b", "a\u180eb", "a\u2060b",
    "An X-ray of the hand", "A normal chest X-ray, PA view", "AN X-RAY OF THE KNEE", "an x-ray of the knee", "X‑ray", "x–ray",
    "A chest X-ray showing pneumonia, edema and infiltration, AP view", "An axial CT slice of the head",
    "A breast ultrasound image showing a malignant tumour", "An axial MRI slice of the brain", "A lung ultrasound image",
]


def prompts():
    """More than 2,000 prompts, always the same."""
    source = random.Random(20240501)
    radiology = [
        line.split() for line in (ROOT / "Scripts/radiology-words.txt").read_text().splitlines()
        if line and line[0] not in "[#"
    ]
    radiology = [word for line in radiology for word in line]
    foreign = [word for line in SENTENCES for word in line.split()]
    marks = [chr(c) for c in range(0x300, 0x1E944) if unicodedata.combining(chr(c))]
    spaces = [chr(c) for c in [9, 10, 11, 12, 13, 28, 31, 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C),
                               0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF]]
    control = ["<|startoftext|>", "<|endoftext|>", "<|ENDOFTEXT|>", "!", "'s", "'LL", "</w>", "&amp;", "1", "'"]
    scalars = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    low = [c for c in scalars if ord(c) < 0x3000]

    texts = list(EDGES) + SENTENCES
    texts += [f"a{space}b{space}{space}c" for space in spaces]
    casings = [str.lower, str.upper, str.title, str]

    def word(words):
        return source.choice(casings)(source.choice(words))

    def joined(count, make, separators=(" ",)):
        return "".join(make() + source.choice(separators) for _ in range(source.randint(1, count)))

    texts += [joined(14, lambda: word(radiology), [" ", " ", " ", ", ", "-", " "]).strip() for _ in range(600)]
    texts += [joined(8, lambda: word(foreign), [" ", " ", ""]) for _ in range(400)]
    texts += [joined(10, lambda: source.choice(low), [""]) for _ in range(300)]
    texts += [joined(8, lambda: source.choice(scalars), ["", " "]) for _ in range(200)]
    texts += [
        joined(3, lambda: source.choice(low) + "".join(source.choices(marks, k=source.randint(1, 4))), ["", "a"])
        for _ in range(250)
    ]
    texts += [joined(6, lambda: source.choice(control), ["", "", " ", "a", "É"]) for _ in range(200)]
    texts += [joined(6, lambda: source.choice([word(radiology), source.choice(spaces)]), spaces) for _ in range(100)]
    texts += [
        unicodedata.normalize(source.choice(["NFD", "NFKD", "NFKC"]), joined(5, lambda: word(foreign)))
        for _ in range(100)
    ]
    texts += [joined(90, lambda: word(radiology + foreign)) for _ in range(40)]
    texts = [(text, 1) for text in dict.fromkeys(texts)]
    texts += [("a", 10_000), ("hand ", 2_000), ("é", 10_000), ("e\u0301", 5_000), ("😀", 10_000), ("中", 10_000),
              ("!", 10_000), ("'s", 5_000), (" ", 10_000), ("1", 10_000), ("\u0301", 10_000), ("pneumonia", 1_111),
              ("<|endoftext|>", 800), ("\u0000", 10_000), ("A normal chest X-ray, PA view. ", 330), ("<|", 5_000)]
    return texts


def hashed(ids):
    """FNV-1a over the ids as 32-bit little-endian numbers, in hexadecimal."""
    value = 0xCBF29CE484222325
    for byte in b"".join(id.to_bytes(4, "little") for id in ids):
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:x}"


def multilingual_folder():
    split = pre_tokenizers.Split(
        Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"), behavior="removed", invert=True)
    words = Counter()
    for line in SENTENCES:
        text = unicodedata.normalize("NFC", line).lower()
        for word, _ in split.pre_tokenize_str(text):
            words[trainer.byte_level(word)] += 1
    folder = GOLDENS / "multilingual"
    trainer.write_tokenizer(folder, trainer.train_merges(words, 2500))
    token = lambda content: {
        "content": content, "lstrip": False, "normalized": True, "rstrip": False, "single_word": False}
    special = {"bos_token": token(trainer.BOS), "eos_token": token(trainer.EOS), "pad_token": "!",
               "unk_token": token(trainer.EOS)}
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    return folder


def saved_folder():
    words = Counter({trainer.byte_level(word): 1 for word in "hand knee chest x ray of the an".split()})
    source, folder = GOLDENS / "source", GOLDENS / "saved"
    trainer.write_tokenizer(source, trainer.train_merges(words, 40))
    tokenizer = CLIPTokenizer.from_pretrained(source)
    tokenizer.add_tokens([
        AddedToken("<Left>", lstrip=True), AddedToken("<right>", rstrip=True, normalized=False),
        AddedToken("word", single_word=True), AddedToken("Été"), AddedToken("\u00c5", normalized=False), AddedToken("\u212b", normalized=False),
        AddedToken("chest-x-ray"), AddedToken("chest"),
        AddedToken("<both>", lstrip=True, rstrip=True, special=True),
    ])
    tokenizer.save_pretrained(folder)
    compact = json.dumps(json.loads((folder / "tokenizer.json").read_text()), ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(compact + "\n")
    shutil.rmtree(source)
    return folder


def write_lines(name, rows):
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    (GOLDENS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    shutil.rmtree(GOLDENS, ignore_errors=True)
    folders = {
        "radiograph-mini": ROOT / "PretrainedModels/radiograph-mini/tokenizer",
        "multilingual": multilingual_folder(),
        "saved": saved_folder(),
    }
    tokenizers = {name: CLIPTokenizer.from_pretrained(folder) for name, folder in folders.items()}

    rows = []
    for text, repeat in prompts():
        row = {"text": text} | ({"repeat": repeat} if repeat > 1 else {})
        for name, tokenizer in tokenizers.items():
            ids = tokenizer(text * repeat).input_ids
            row[name] = {"count": len(ids), "hash": hashed(ids)}
            if len(ids) < 30 and name != "saved":
                row[name]["ids"] = ids[1:-1]
        rows.append(row)
    added = ["a <left> b", "a<LEFT>b", "x  <Left>", "<right>  b", "<RIGHT> b", "a <both> b", "a \t<both>\n", "<both><both>",
             "word", "a word b", "words", "sword", "chestword", "word chest word", "WORD!", "_word_", "word\u0301", "été", "e\u0301te\u0301", "ÉTÉS", "chest-x-ray",
             "chest x-ray", "Chest-X-Ray chest", "\u00c5", "\u212b", "A\u030a", "a \u212b b \u00c5", "chestnut", " <left> <left> ", "<left><right><both> word <left>"]
    for text in added:
        ids = tokenizers["saved"](text).input_ids
        rows.append({"text": text, "saved": {"count": len(ids), "hash": hashed(ids)}})
    write_lines("prompts.jsonl", rows)

    rows = []
    for text, repeat in [row for row in prompts() if row[1] == 1][::9] + [("x ray of the right hand, " * 20, 1)]:
        row = {"text": text}
        for name, tokenizer in tokenizers.items():
            all_ids = tokenizer(text).input_ids
            ids = tokenizer(text, padding="max_length", truncation=True, max_length=77).input_ids
            row[name] = {
                "ids": hashed(ids), "decoded": tokenizer.decode(all_ids),
                "plain": tokenizer.decode(all_ids, skip_special_tokens=True),
            }
            if len(all_ids) > 77:  # diffusers' own slice for its warning
                row[name]["cut"] = tokenizer.decode(all_ids[tokenizer.model_max_length - 1:-1])
        rows.append(row)
    write_lines("texts.jsonl", rows)

    blocks = {}
    for start in range(0, 0x110000, 256):
        block = [chr(c) for c in range(start, start + 256)]
        block = [c for c in block if unicodedata.category(c) not in ("Cn", "Cs", "Co")]
        if block:
            ids = tokenizers["multilingual"]("".join(f"a{c}b " for c in block)).input_ids
            blocks[f"{start:x}"] = hashed(ids)
    (GOLDENS / "scalars.json").write_text(json.dumps(blocks, indent=0) + "\n")
