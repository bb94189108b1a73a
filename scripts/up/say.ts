const COLOURS = ['\u001B[36m', '\u001B[35m', '\u001B[34m', '\u001B[33m', '\u001B[32m'];
const RESET = '\u001B[0m';
const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const known: string[] = [];

/** Prints one line under the name of the part it comes from; each part keeps its colour where the terminal has any. */
export function say(part: string, line: string): void {
  if (!known.includes(part)) known.push(part);
  const name = part.padEnd(9);
  const colour = COLOURS[known.indexOf(part) % COLOURS.length];
  console.log(`${coloured ? `${colour}${name}${RESET}` : name} ${line}`);
}
