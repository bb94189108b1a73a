/**
 * A picture that was not made in time though little was worked on it: the machine had too much else to do. Another try
 * may fare better.
 */
export class MachineBusy extends Error {
  constructor(seconds: number) {
    super(`a picture was not made within ${seconds} seconds, though less work was done on it than it may take`);
    this.name = 'MachineBusy';
  }
}
