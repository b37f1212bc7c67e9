import { connect } from 'node:net';
import { basename, resolve } from 'node:path';

/**
 * Stands for `docker` and `docker-compose` where a script of the user runs: hands the command over a socket to the lab,
 * which judges and runs it. First a line of JSON, then standard input where the command reads it; what comes back are
 * frames of a kind (1 output, 2 errors, 3 exit code), a length of four bytes and the content.
 */
const [, own = '', name = 'docker', ...words] = process.argv;
const command = basename(name) === 'docker-compose' ? ['compose', ...words] : words;
const socket = connect(resolve(own, '../../broker.sock'));
let left = Buffer.alloc(0);

const end = (code: number, why = ''): never => {
  if (why !== '') process.stderr.write(`docker: ${why}\n`);
  process.exit(code);
};

process.stdout.on('error', (problem) => end(1, `write /dev/stdout: ${problem.message}`));
socket.on('error', (problem) => end(125, `the lab does not answer: ${problem.message}`));
socket.on('end', () => end(125, 'the lab has hung up'));
socket.on('data', (chunk: Buffer) => {
  left = Buffer.concat([left, chunk]);
  while (left.length >= 5) {
    const size = left.readUInt32BE(1);
    if (left.length < 5 + size) return;
    const content = left.subarray(5, 5 + size);
    const kind = left[0];
    left = left.subarray(5 + size);
    if (kind === 1) process.stdout.write(content);
    if (kind === 2) process.stderr.write(content);
    if (kind === 3) process.exitCode = content[0] ?? 1;
    if (kind === 3) process.stdout.write('', () => end(Number(process.exitCode)));
  }
});
socket.write(`${JSON.stringify({ words: command, cwd: process.cwd() })}\n`);
if (command.some((word) => /^(--interactive|-\w*i\w*|-)$/.test(word))) process.stdin.pipe(socket);
else socket.end();
