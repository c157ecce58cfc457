namespace Kafka.Stock.BatchJob;

/// <summary>The style sheet of a page: light and dark by the reader's setting; categories in colours that the colour-blind tell
/// apart.</summary>
static class ReportStyle
{
    public const string Css =
        """
        :root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1d232b;--soft:#5b6672;--line:#e3e6ea;--axis:#9aa4af;
        --c0:#7f8893;--c1:#0b74c4;--c2:#158a68;--c3:#d1630b;--c4:#8a4fc0;--c5:#111827;--c6:#b98a00;--c7:#c23a78;--miss:#d3263a}
        @media (prefers-color-scheme:dark){:root{--bg:#12161b;--card:#1a2027;--ink:#e7ebf0;--soft:#98a4b1;--line:#2a323b;--axis:#5f6b78;
        --c0:#8d98a5;--c1:#58b2f5;--c2:#3fc69b;--c3:#f59a4a;--c4:#bd8cf0;--c5:#f3f5f8;--c6:#e5c04b;--c7:#f07fb2;--miss:#ff6b78}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:1120px;margin:0 auto;padding:28px 20px 60px}
        h1{font-size:26px;margin:0}h2{font-size:20px;margin:34px 0 12px}h3{font-size:16px;margin:26px 0 8px}
        .soft{color:var(--soft);margin:-6px 0 0}header p{color:var(--soft);max-width:70ch;margin:6px 0 0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:14px 0 22px}
        .tiles div{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
        .tiles b{display:block;font-size:24px;font-variant-numeric:tabular-nums}.tiles span{color:var(
            --soft);font-size:12.5px;line-height:1.35;display:block}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
        table{border-collapse:collapse;width:100%;font-size:12.5px;font-variant-numeric:tabular-nums}
        th,td{padding:6px 8px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
        th{color:var(--soft);font-weight:600}th:first-child,td:first-child{text-align:left}tr:last-child td{border-bottom:0}
        figure{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:16px 0;padding:14px 14px 6px}
        figcaption{font-weight:600;font-size:14px}svg{display:block;width:100%;height:auto}
        .legend{display:flex;flex-wrap:wrap;gap:4px 16px;margin:4px 0 6px;font-size:12.5px;color:var(--soft)}
        .legend span{display:inline-flex;align-items:center;gap:6px}.swatch{width:16px;height:3px;border-radius:2px;background:currentColor}
        .swatch-dot{width:9px;height:9px;border-radius:50%;background:currentColor}
        .swatch-band{width:16px;height:10px;border-radius:2px;background:currentColor;opacity:.25}
        .grid{stroke:var(--line)}.axis{stroke:var(--axis)}.tick{fill:var(--soft);font-size:12px}
        .bar{fill:currentColor}.rule{stroke:var(--axis);stroke-dasharray:4 4}
        .line{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round}
        .line.served{stroke-width:2.4}.band{fill:currentColor;opacity:.18}
        .dot{fill:transparent}.dot[class*="dot c"],.dot.miss{fill:currentColor}.upright{stroke:currentColor;opacity:.55}
        .c0{color:var(--c0)}.c1{color:var(--c1)}.c2{color:var(--c2)}.c3{color:var(--c3)}.c4{color:var(--c4)}.c5{color:var(--c5)}
        .c6{color:var(--c6)}.c7{color:var(--c7)}.miss{color:var(--miss)}.alarm{color:var(--c3)}.actual{color:var(
            --ink)}.margin{color:var(--axis)}
        details{margin:10px 0}summary{cursor:pointer;color:var(--soft);padding:4px 0}

        """;
}
