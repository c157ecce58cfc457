// The sum of test results, and ./kstock test as a whole. The fixtures were written by dotnet test 10.0.401 (VSTest 18.7.0,
// xunit 2.9.3) and Node 20.20 for little projects with a test of each kind; then cut down, and paths put under /src.
import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { Scratch, lines, repository } from "./scratch.mjs";
import { readSuite, report } from "./summary.mjs";

const fixtures = join(repository, "eng/test/fixtures");

/** A folder of results: { "A.Tests": ["mixed.trx", 1] } is that fixture with exit code 1; null in either place: it isn't there. */
function summary(name, suites, body) {
  test(`summary: ${name}`, async () => {
    const scratch = new Scratch();
    try {
      mkdirSync(scratch.path("results"));
      for (const [suite, [fixture, exit]] of Object.entries(suites)) {
        if (fixture !== null) cpSync(join(fixtures, fixture), scratch.path(`results/${suite}.${fixture.split(".")[1]}`));
        if (exit !== null) scratch.write(`results/${suite}.exit`, `${exit}\n`);
      }
      await body(scratch.path("results"), scratch);
    } finally {
      scratch.dispose();
    }
  });
}

summary("passed, failed and skipped of all suites are added, the sum stands alone on the last line",
  { "A.Tests": ["mixed.trx", 1], "B.Tests": ["passed.trx", 0], "scripts.test": ["mixed.tap", 1] }, (folder) => {
    const { lines: printed, ok } = report(folder, "");
    assert.equal(printed.at(-1), "5 passed, 5 failed, 3 skipped");
    assert.equal(ok, false);
  });

summary("each skip has its reason on its line", { "A.Tests": ["mixed.trx", 1], "scripts.test": ["mixed.tap", 1] }, (folder) => {
  assert.deepEqual(report(folder, "").lines.filter((line) => line.startsWith("skipped")), [
    "skipped Kafka.Stock.A.Things_under_test.Skipped_dynamic: needs kcat: apt-get install kcat",
    "skipped Kafka.Stock.A.Things_under_test.Skipped_static: static reason",
    "skipped skipped: needs kcat",
  ]);
});

summary("a failure has its message, unescaped, and where in our files it was", { "A.Tests": ["mixed.trx", 1] }, (folder) => {
  const printed = report(folder, "").lines;
  const at = printed.indexOf("FAILED Kafka.Stock.A.Things_under_test.Fails_with_a_message");
  assert.ok(printed.includes('    Expected: "a<b & "c""', at));
  assert.ok(printed.slice(at).some((line) => line.includes("/src/tests/A.Tests/T.cs:line 5")));
  assert.ok(!printed.some((line) => line.includes("System.Reflection")));
});

summary("a failure of a script has its message", { "scripts.test": ["mixed.tap", 1] }, (folder) => {
  const printed = report(folder, "").lines;
  assert.ok(printed.includes("FAILED fails # with a hash"));
  assert.ok(printed.some((line) => line.includes("1 !== 2")));
});

summary("all passed: fine", { "B.Tests": ["passed.trx", 0] }, (folder) => {
  assert.deepEqual(report(folder, ""), { lines: ["2 passed, 0 failed, 0 skipped"], ok: true });
});

for (const [what, suite, expected] of [
  ["a crash of the test process", ["crashed.trx", 1], /Test host process crashed/],
  ["no results", [null, 134], /left no results/],
  ["no results with exit code 0", [null, 0], /left no results/],
  ["results without an end", ["mixed.trx", null], /didn't end/],
  ["an exit code that the results don't explain", ["passed.trx", 3], /exit code 3/],
  ["a suite without a test", ["nothing.trx", 0], /ran no test/],
]) {
  summary(`${what} is a failure, however well the others do`, { "A.Tests": suite, "B.Tests": ["passed.trx", 0] }, (folder) => {
    const { lines: printed, ok } = report(folder, "");
    assert.equal(ok, false);
    assert.match(printed.join("\n"), expected);
    assert.doesNotMatch(printed.at(-1), / 0 failed/);
  });
}

summary("torn results are a failure", { "A.Tests": ["passed.trx", 0], "scripts.test": ["mixed.tap", 1] }, (folder, scratch) => {
  for (const file of ["A.Tests.trx", "scripts.test.tap"]) scratch.write(`results/${file}`, scratch.read(`results/${file}`).slice(0, -200));
  for (const name of ["A.Tests", "scripts.test"]) assert.match(readSuite(folder, name, false).failures.at(-1).text, /end in the middle/);
});

summary("with a filter a suite may have nothing to run, but not all of them",
  { "A.Tests": ["nothing.trx", 0], "B.Tests": ["passed.trx", 0] }, (folder, scratch) => {
    assert.equal(report(folder, "Some").ok, true);
    scratch.remove("results/B.Tests.trx");
    scratch.remove("results/B.Tests.exit");
    const { lines: printed, ok } = report(folder, "Some");
    assert.equal(ok, false);
    assert.deepEqual(printed, ['No test ran: found none for "Some".', "0 passed, 0 failed, 0 skipped"]);
  });

summary("no results at all: nothing ran, which is no success", {}, (folder) => {
  assert.equal(report(folder, "").ok, false);
});

/** Two test projects and a script with one test, which passes. */
function solution(scratch) {
  scratch.write("checkout/Kafka.Stock.sln",
    ["A", "B"].map((area) => `Project("{1}") = "${area}.Tests", "tests\\${area}.Tests\\${area}.Tests.csproj", "{2}"\n`).join(""));
  scratch.write("checkout/eng/test/one.test.mjs", 'import test from "node:test";\ntest("a script works", () => {});\n');
}

summary("./kstock test ends with the sum and exits non-zero for a failing test",
  { "A.Tests": ["mixed.trx", null], "B.Tests": ["passed.trx", null] }, async (_, scratch) => {
    solution(scratch);
    scratch.write("results/exit", "1");
    const { stdout, code } = await scratch.run(["test"]);
    const printed = lines(stdout);
    assert.match(printed[0], /^one\.test +1 passed, 0 failed, 0 skipped \(\d+ s\)$/);
    assert.match(printed[1], /^A\.Tests +2 passed, 3 failed, 2 skipped \(\d+ s\)$/);
    assert.equal(printed.at(-1), "5 passed, 4 failed, 2 skipped", "B passed, but its exit code says otherwise");
    assert.equal(code, 1);
    assert.match(scratch.builds[0], /Kafka\.Stock\.sln .*Release/);
  });

summary("./kstock test exits with 0 when all pass, and what it built serves the command line",
  { "A.Tests": ["passed.trx", null], "B.Tests": ["passed.trx", null] }, async (_, scratch) => {
    solution(scratch);
    scratch.write("results/exit", "0");
    const { stdout, code, stderr } = await scratch.run(["test"]);
    assert.equal(lines(stdout).at(-1), "5 passed, 0 failed, 0 skipped", stderr);
    assert.equal(code, 0);
    await scratch.run(["--version"]);
    assert.equal(scratch.builds.length, 1);
  });

summary("./kstock test with a build that fails runs nothing and exits with 1", { "A.Tests": ["passed.trx", null] }, async (_, scratch) => {
  solution(scratch);
  scratch.write("results/exit", "0");
  scratch.write("broken", "");
  const { stdout, code } = await scratch.run(["test"]);
  assert.equal(code, 1);
  assert.equal(stdout, "");
});
