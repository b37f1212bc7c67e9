/** A way to write a log line; `word` is what it says, `time` when (RFC 3339). */
export type Shape = (word: string, time: string) => string;

/** A time, a level and a text. */
export const plain: Shape = (word, time) => `${time} INFO ${word} a numbered line`;

/**
 * The usual ways in which programs write a line. A pipeline may take some apart and drop others: whoever looks for lines
 * writes one of each and goes on with a shape that gets through.
 */
export const shapes: readonly Shape[] = [
  plain,
  (word, time) =>
    JSON.stringify({
      time,
      ts: time,
      timestamp: time,
      level: 'info',
      msg: word,
      message: word,
      log: word,
      stream: 'stdout',
    }),
  (word, time) => `ts=${time} time=${time} level=info msg="${word}" component=lab`,
  (word, time) => `${time} stdout F ${word}`,
  (word, time) => `${time} ERROR error: ${word}`,
  (word, time) => `192.0.2.1 - - [${time}] "GET /${word} HTTP/1.1" 200 17 "-" "lab"`,
];
