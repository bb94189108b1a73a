export type Arm<Name extends string, Sample> = { name: Name; round: (round: number) => Promise<Sample> };

/**
 * Runs the arms in turn, A B A B, so that a machine that grows slower or faster meanwhile does so for all of them.
 * Answers each arm's samples by its name, in the order of the rounds.
 */
export async function alternate<Name extends string, Sample>(
  arms: readonly Arm<Name, Sample>[],
  rounds: number,
  onRound: (name: Name, sample: Sample) => void = () => {},
): Promise<Record<Name, Sample[]>> {
  const samples = Object.fromEntries(arms.map(({ name }) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, round: run } of arms) {
      const sample = await run(round);
      samples[name].push(sample);
      onRound(name, sample);
    }
  }
  return samples;
}
