/** An error in the shape smtp-server turns into a reply of that code; it adds the enhanced code that goes with it. */
export function smtpReply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
