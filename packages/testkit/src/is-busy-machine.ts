const NO_CONNECTION_IN_TIME = [
  'timeout exceeded when trying to connect', // pg's pool
  'timeout expired', // pg's client
  'Connection terminated due to connection timeout',
];

/**
 * A connection was not there within its two seconds, because the machine is busy with other tests. Programs report
 * that and go on; a test that asks for no errors asks for none of ours.
 */
export const isBusyMachine = ({ message }: Error): boolean => NO_CONNECTION_IN_TIME.includes(message);
