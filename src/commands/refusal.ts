/** A verb that cannot go on: its message is for the user, its code is the exit code (2 wrong use, 3 could not tell). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: 1 | 2 | 3;
  constructor(code: 1 | 2 | 3, message: string) {
    super(message);
    this.code = code;
  }
}
