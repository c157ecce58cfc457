// Adds up test results: node summary.mjs FOLDER [NAME [SECONDS]].
// FOLDER holds for each suite NAME.exit (its process's exit code) and NAME.trx (test platform) or NAME.tap (Node).
// With NAME: one line about that suite, none where a filter left nothing of it. Without: every skip with its reason, every failure with its message, and as the
// last line "N passed, N failed, N skipped"; exits 1 if anything failed or nothing ran.
// A suite that crashed, left no results or ran no test is a failure, too: silence must not pass for success.
import { existsSync, readFileSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const maxMessageLines = 25;
const maxLineLength = 300; // a crash prints frames of a thousand characters

const unescape = (text) =>
  text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, raw) => raw.replace(/&/g, "&amp;"))
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, digits) => String.fromCodePoint(Number(digits)))
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&apos;/g, "'")
    .replace(/&amp;/g, "&");

/** Elements of one name, not nested in themselves: attributes and inner text. Enough for what the test platform writes. */
function elements(xml, name) {
  const pattern = new RegExp(`<${name}((?:\\s+[\\w:]+="[^"]*")*)\\s*(?:/>|>([\\s\\S]*?)</${name}>)`, "g");
  return [...xml.matchAll(pattern)].map(([, attributes, inner]) => ({
    inner: inner ?? "",
    ...Object.fromEntries([...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value)])),
  }));
}

const textOf = (xml, name) => unescape(elements(xml, name)[0]?.inner ?? "").trim();

/** The frames that lie in our own files; those of the test framework help nobody. */
const ownFrames = (stack) => stack.split("\n").filter((line) => / in .*:line \d+/.test(line));

function readTrx(xml) {
  const suite = { passed: 0, failures: [], skips: [], problems: [] };
  for (const result of elements(xml, "UnitTestResult")) {
    if (result.outcome === "Passed") suite.passed++;
    else if (result.outcome === "NotExecuted") suite.skips.push({ test: result.testName, text: textOf(result.inner, "Message") });
    else suite.failures.push({ test: result.testName, text: [textOf(result.inner, "Message"), ...ownFrames(textOf(result.inner, "StackTrace"))].join("\n") });
  }
  if (!/<\/TestRun>\s*$/.test(xml)) suite.problems.push("its results end in the middle");
  for (const info of elements(xml, "RunInfo")) {
    const text = textOf(info.inner, "Text");
    if (info.outcome === "Error" && !text.endsWith("[FAIL]")) suite.problems.push(text);
  }
  return suite;
}

function readTap(tap) {
  const suite = { passed: 0, failures: [], skips: [], problems: [] };
  const lines = tap.split("\n");
  if (!lines.some((line) => /^1\.\.\d+$/.test(line))) suite.problems.push("its results end in the middle");
  lines.forEach((line, at) => {
    const [, not, name, directive, reason] = /^(not )?ok \d+ - (.*?)(?: # (SKIP|TODO)\b ?(.*))?$/.exec(line) ?? [];
    if (name === undefined) return;
    const test = name.replace(/\\#/g, "#");
    if (directive === "SKIP") {
      if (!/does not match/.test(reason)) suite.skips.push({ test, text: reason });
    } else if (not) {
      const end = lines.indexOf("  ...", at);
      suite.failures.push({ test, text: lines.slice(at + 2, end).filter((detail) => !/^ +(duration_ms|type|location|failureType|code|name):/.test(detail)).join("\n") });
    } else suite.passed++;
  });
  return suite;
}

/** One suite with all that is wrong with it as a whole turned into one failure. */
export function readSuite(folder, name, filtered) {
  const path = (extension) => join(folder, `${name}.${extension}`);
  const exit = existsSync(path("exit")) ? Number(readFileSync(path("exit"), "utf8")) : null;
  const file = [path("trx"), path("tap")].find(existsSync);
  const suite = file === undefined
    ? { passed: 0, failures: [], skips: [], problems: ["it left no results"] }
    : file.endsWith("trx") ? readTrx(readFileSync(file, "utf8")) : readTap(readFileSync(file, "utf8"));
  const ran = suite.passed + suite.failures.length + suite.skips.length;
  if (exit === null) suite.problems.push("it didn't end");
  else if (exit !== 0 && suite.failures.length + suite.problems.length === 0) suite.problems.push(`its process ended with exit code ${exit}`);
  if (ran === 0 && !filtered && suite.problems.length === 0) suite.problems.push("it ran no test");
  if (suite.problems.length > 0) {
    suite.failures.push({ test: `${name} as a whole`, text: [...new Set(suite.problems), `Its output is in .kstock/test/${name}.log.`].join("\n") });
  }
  return suite;
}

const count = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

export function report(folder, filter) {
  const names = readdirSync(folder).filter((file) => /\.(exit|trx|tap)$/.test(file)).map((file) => file.replace(/\.\w+$/, ""));
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  const suites = [...new Set(names)].sort().map((name) => readSuite(folder, name, filter !== ""));
  for (const { test, text } of suites.flatMap((suite) => suite.skips)) lines.push(`skipped ${test}: ${text.replace(/\s+/g, " ") || "no reason given"}`);
  for (const { test, text } of suites.flatMap((suite) => suite.failures)) {
    const message = text.split("\n");
    lines.push("", `FAILED ${test}`, ...message.slice(0, maxMessageLines).map((line) => `    ${line}`.slice(0, maxLineLength)));
    if (message.length > maxMessageLines) lines.push(`    ... ${message.length - maxMessageLines} more lines in .kstock/test`);
  }
  for (const suite of suites) {
    sum.passed += suite.passed;
    sum.failed += suite.failures.length;
    sum.skipped += suite.skips.length;
  }
  const nothing = sum.passed + sum.failed === 0;
  if (nothing) lines.push(filter === "" ? "No test ran." : `No test ran: found none for "${filter}".`);
  return { lines: [...lines, count(sum)], ok: sum.failed === 0 && !nothing };
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [folder, name, seconds] = process.argv.slice(2);
  const filter = process.env.KSTOCK_TEST_FILTER ?? "";
  if (name === undefined) {
    const { lines, ok } = report(folder, filter);
    console.log(lines.join("\n"));
    process.exitCode = ok ? 0 : 1;
  } else {
    const suite = readSuite(folder, name, filter !== "");
    const counts = { passed: suite.passed, failed: suite.failures.length, skipped: suite.skips.length };
    const nothing = counts.passed + counts.failed + counts.skipped === 0; // a filter that has nothing here
    if (!nothing) console.log(`${name.padEnd(20)} ${count(counts)}${seconds === undefined ? "" : ` (${seconds} s)`}`);
  }
}
