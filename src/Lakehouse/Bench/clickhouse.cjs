// Runs SQL in ClickHouse: one JSON object {"sql"} a line in, one {"rows", "ms"} or {"error"} a line out.
'use strict';
const { query } = require(process.argv[2]);
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('line', line => {
    let answer;
    try {
        const start = process.hrtime.bigint();
        const rows = String(query(JSON.parse(line).sql, 'JSONCompactStringsEachRow'));
        answer = { rows, ms: Number(process.hrtime.bigint() - start) / 1e6 };
    } catch (error) {
        answer = { error: String(error.message ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
});
