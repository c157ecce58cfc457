// A captured terminal as an SVG picture: tmux capture-pane -e -p | node eng/docs/terminal-svg.mjs [title] > docs/images/demo.svg
// Text keeps its cells by textLength, whatever font the reader has; frames and blocks are drawn as shapes, so they meet everywhere.
import { readFileSync } from 'node:fs';

const cell = { width: 8.4, height: 18, font: 14 };
const margin = { side: 18, top: 44, bottom: 16 };
const ink = { text: '#d4d8de', ground: '#14171c', frame: '#2a2f37' };
const base = ['#14171c', '#e06c75', '#7ec77e', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d4d8de'];
const bright = ['#7a828e', '#ff7b86', '#98e698', '#f2d58f', '#7fc1ff', '#d794ec', '#6fd8e4', '#ffffff'];

function colour(code) {
    if (code < 8) return base[code];
    if (code < 16) return bright[code - 8];
    const hex = (parts) => '#' + parts.map((part) => part.toString(16).padStart(2, '0')).join('');
    if (code >= 232) return hex(Array(3).fill(8 + 10 * (code - 232)));
    const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
    return hex([level(Math.floor((code - 16) / 36)), level(Math.floor((code - 16) / 6) % 6), level((code - 16) % 6)]);
}

/** Applies the numbers of one SGR sequence. */
function styled(style, numbers) {
    const next = { ...style };
    for (let i = 0; i < numbers.length; i++) {
        const n = numbers[i];
        if (n === 0) Object.assign(next, { colour: ink.text, bold: false });
        else if (n === 1) next.bold = true;
        else if (n === 22) next.bold = false;
        else if (n === 39) next.colour = ink.text;
        else if (n >= 30 && n <= 37) next.colour = base[n - 30];
        else if (n >= 90 && n <= 97) next.colour = bright[n - 90];
        else if ((n === 38 || n === 48) && numbers[i + 1] === 5) {
            if (n === 38) next.colour = colour(numbers[i + 2]);
            i += 2;
        } else if ((n === 38 || n === 48) && numbers[i + 1] === 2) {
            if (n === 38) next.colour = `rgb(${numbers.slice(i + 2, i + 5).join(',')})`;
            i += 4;
        }
    }
    return next;
}

/** Lines of cells: character, colour, bold. A style goes on over line ends, as tmux has it. */
function parse(ansi) {
    let style = { colour: ink.text, bold: false };
    return ansi.replace(/\s+$/, '').split('\n').map((line) => {
        const cells = [];
        for (const [, sgr, text] of line.matchAll(/\x1b\[([\d;]*)m|([^\x1b])/gu)) {
            if (text === undefined) style = styled(style, sgr === '' ? [0] : sgr.split(';').map(Number));
            else cells.push({ text, ...style });
        }
        return cells;
    });
}

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const number = (value) => String(Math.round(value * 100) / 100);
const blocks = '▁▂▃▄▅▆▇█';

/** Arms of a frame character: left, right, up, down. */
const arms = {
    '─': 'lr', '│': 'ud', '├': 'rud', '┤': 'lud', '┬': 'lrd', '┴': 'lru', '┼': 'lrud', '╭': 'rd', '╮': 'ld', '╰': 'ru', '╯': 'lu',
    '┌': 'rd', '┐': 'ld', '└': 'ru', '┘': 'lu', '━': 'lr',
};

function shape(text, x, y) {
    const [width, height] = [cell.width, cell.height];
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    if (blocks.includes(text)) {
        const tall = (height - 3) * (blocks.indexOf(text) + 1) / blocks.length;
        return `M${number(x + 0.4)} ${number(y + height - 1)}h${number(width - 0.8)}v${number(-tall)}h${number(0.8 - width)}z`;
    }
    if ('╭╮╰╯'.includes(text)) {
        const toX = arms[text].includes('r') ? x + width : x;
        const toY = arms[text].includes('d') ? y + height : y;
        return `M${number(toX)} ${number(middleY)}Q${number(middleX)} ${number(middleY)} ${number(middleX)} ${number(toY)}`;
    }
    const ends = { l: [x, middleY], r: [x + width, middleY], u: [middleX, y], d: [middleX, y + height] };
    return [...arms[text]].map((arm) => `M${number(middleX)} ${number(middleY)}L${ends[arm].map(number).join(' ')}`).join('');
}

const kindOf = (text) => (blocks.includes(text) ? 'block' : text === '━' ? 'bar' : text in arms ? 'frame' : 'text');

/** Neighbours of one kind and style as one element. */
function* runs(cells) {
    for (let start = 0; start < cells.length;) {
        const { text, colour: fill, bold } = cells[start];
        const kind = kindOf(text);
        let end = start + 1;
        while (end < cells.length && kindOf(cells[end].text) === kind && cells[end].colour === fill && cells[end].bold === bold) end++;
        yield { kind, fill, bold, start, text: cells.slice(start, end).map((one) => one.text).join('') };
        start = end;
    }
}

function* elements(cells, y) {
    for (const run of runs(cells)) {
        const x = margin.side + run.start * cell.width;
        if (run.kind === 'text') {
            for (const word of run.text.matchAll(/\S+(?: \S+)*/g)) {
                const at = x + word.index * cell.width;
                const length = number([...word[0]].length * cell.width);
                const weight = run.bold ? ' font-weight="bold"' : '';
                yield `<text x="${number(at)}" y="${number(y + 13)}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${run.fill}"${weight}>${escape(word[0])}</text>`;
            }
            continue;
        }
        const path = [...run.text].map((one, i) => shape(one, x + i * cell.width, y)).join('');
        yield run.kind === 'block'
            ? `<path d="${path}" fill="${run.fill}"/>`
            : `<path d="${path}" fill="none" stroke="${run.fill}" stroke-width="${run.kind === 'bar' ? 4 : 1.2}"/>`;
    }
}

const title = process.argv[2] ?? './kstock demo';
const lines = parse(readFileSync(0, 'utf8'));
const width = Math.ceil(2 * margin.side + Math.max(...lines.map((cells) => cells.length)) * cell.width);
const height = margin.top + lines.length * cell.height + margin.bottom;
const lights = ['#ff5f57', '#febc2e', '#28c840'].map((fill, i) => `<circle cx="${22 + 20 * i}" cy="18" r="6" fill="${fill}"/>`).join('');
const body = lines.flatMap((cells, i) => [...elements(cells, margin.top + i * cell.height)]).join('\n');
process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">
<rect width="${width}" height="${height}" rx="10" fill="${ink.ground}" stroke="${ink.frame}"/>
${lights}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="${cell.font}">
<text x="${width / 2}" y="23" text-anchor="middle" fill="${bright[0]}">${escape(title)}</text>
${body}
</g>
</svg>
`);
