/**
 * Something a person can mend: the message is one sentence with what is wrong and what to do. Whoever starts Windlass
 * prints it without a stack; any other error is a fault of ours and keeps its stack.
 */
export class StartFailure extends Error {
  override name = 'StartFailure';
}
