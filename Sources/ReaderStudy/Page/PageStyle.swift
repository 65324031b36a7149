/// The report's style sheet: light or dark as the reader's system is, and fit for print.
enum PageStyle {
    static let css = """
        :root{color-scheme:light dark;--page:#f6f6f4;--card:#ffffff;--ink:#1b1f24;--soft:#5d6570;\
        --rule:#e3e4e1;--real:#2b66c9;--fake:#d4622a;--unsure:#b9bdc4;--shade:#2b66c9;--warn:#8a5200;\
        --warn-page:#fff4e0;--grid:#e6e7e4}
        @media (prefers-color-scheme:dark){:root{--page:#101317;--card:#181c22;--ink:#e7e9ec;\
        --soft:#9aa3ae;--rule:#2a3038;--real:#6c9ef8;--fake:#f08a55;--unsure:#5d6672;--shade:#6c9ef8;\
        --warn:#ffc46b;--warn-page:#2c2312;--grid:#262c34}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);\
        font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        main{max-width:1080px;margin:0 auto;padding:40px 24px 72px}
        header p{color:var(--soft);margin:4px 0 0}
        h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:0}
        h2{font-size:19px;letter-spacing:-.005em;margin:0 0 4px}
        h3{font-size:15px;margin:22px 0 6px}
        section{background:var(--card);border:1px solid var(--rule);border-radius:12px;\
        padding:22px 26px;margin-top:18px}
        section>p:first-of-type{margin-top:0}
        .lead{color:var(--soft);margin:0 0 14px;max-width:74ch}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(220px,1fr));gap:14px;margin-top:24px}
        .card{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:16px 18px}
        .card b{display:block;font-size:27px;line-height:1.2;letter-spacing:-.02em;margin:4px 0 2px;\
        font-variant-numeric:tabular-nums}
        .card span{color:var(--soft);font-size:13px;display:block}
        .note{border-left:4px solid var(--warn);background:var(--warn-page);color:var(--ink);\
        padding:10px 16px;border-radius:0 8px 8px 0;margin:14px 0 0}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
        th{font-weight:600;text-align:right;color:var(--soft);font-size:12.5px;padding:6px 10px;\
        border-bottom:1px solid var(--rule);vertical-align:bottom}
        td{text-align:right;padding:8px 10px;border-bottom:1px solid var(--rule);white-space:nowrap}
        td small{display:block;color:var(--soft);font-size:12px}
        th:first-child,td:first-child,.left{text-align:left}
        tr:last-child td{border-bottom:0}
        td.left{white-space:normal;min-width:180px}
        details{margin-top:12px}
        summary{cursor:pointer;color:var(--soft);font-size:14px}
        svg{display:block;max-width:100%;height:auto;margin:10px 0}
        .row{display:flex;flex-wrap:wrap;gap:14px 34px;align-items:flex-start}
        .legend{display:flex;flex-wrap:wrap;gap:6px 18px;font-size:13px;color:var(--soft);margin:2px 0 8px;padding:0;\
        list-style:none}
        .legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
        i.real{background:var(--real)}i.fake{background:var(--fake)}i.uncertain{background:var(--unsure)}
        .gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(226px,1fr));gap:16px;margin-top:8px}
        .item{border:1px solid var(--rule);border-radius:10px;overflow:hidden;font-size:13.5px}
        .item img{display:block;width:100%;aspect-ratio:1;object-fit:contain;background:#000}
        .item div{padding:10px 12px 12px}
        .item p{margin:6px 0 0}
        .item em{color:var(--soft);font-style:normal}
        .tag{display:inline-block;border-radius:99px;padding:0 9px;font-size:12px;font-weight:600;color:#fff;\
        background:var(--fake)}
        .tag.real{background:var(--real)}
        @media (prefers-color-scheme:dark){.tag{color:#10151b}}
        .terms{display:flex;flex-wrap:wrap;gap:6px 8px;margin:8px 0 0;padding:0;list-style:none}
        .terms li{border:1px solid var(--rule);border-radius:99px;padding:1px 11px;font-size:13px}
        .terms span{color:var(--soft)}
        .prose{max-width:76ch}
        .prose li{margin:2px 0}
        footer{color:var(--soft);font-size:13px;margin-top:22px}
        svg text{fill:var(--ink);font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
        svg text.small{font-size:11.5px;fill:var(--soft)}
        svg text.strong{font-weight:600}
        svg text.figure{font-size:19px;font-weight:600}
        .vote-real{fill:var(--real)}.vote-fake{fill:var(--fake)}.vote-uncertain{fill:var(--unsure)}
        .vote-missing{fill:none;stroke:var(--rule)}
        .shade{fill:var(--shade)}.shade-off{fill:var(--soft)}
        .grid{stroke:var(--grid);fill:none}.chance{stroke:var(--soft);stroke-dasharray:4 4;fill:none}
        .trend{stroke:var(--ink);stroke-width:1.5;fill:none;opacity:.7}
        .curve{fill:none;stroke-width:2.25;stroke-linejoin:round}.dot{stroke:var(--card);stroke-width:1}
        .curve.line-0{stroke:#2b66c9}.curve.line-1{stroke:#d4622a}.curve.line-2{stroke:#2a9161}\
        .curve.line-3{stroke:#a14fb8}.curve.line-4{stroke:#b8860b}.curve.line-5{stroke:#1797a6}\
        .curve.line-6{stroke:#c2416b}.curve.line-7{stroke:#6b7280}
        .dot.line-0{fill:#2b66c9}.dot.line-1{fill:#d4622a}.dot.line-2{fill:#2a9161}.dot.line-3{fill:#a14fb8}\
        .dot.line-4{fill:#b8860b}.dot.line-5{fill:#1797a6}.dot.line-6{fill:#c2416b}.dot.line-7{fill:#6b7280}
        @media print{body{background:#fff}section,.card{break-inside:avoid}}
        """
}
