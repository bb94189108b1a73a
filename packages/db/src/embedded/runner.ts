/** How PostgreSQL's programs are run on this machine, and where its files lie. */
export type Runner = {
  /** for a progress line: "as this user", "in a user namespace", "as nobody under /var/lib/..." */
  how: string;
  /** the folder with `initdb` and `postgres` */
  bin: string;
  /** the data directory of the cluster; its parent is writable by the user it runs as */
  cluster: string;
  /** where both roles' passwords are kept, readable by the launcher alone */
  passwords: string;
  /** the command line that runs a program this way */
  wrap: (file: string, args: string[]) => [command: string, args: string[]];
  /** the user and group it runs as, where that is not the launcher's own */
  ids?: { uid: number; gid: number };
};

/** `nobody` and its group on Linux. PostgreSQL looks its user up in /etc/passwd, so the number must exist there. */
export const NOBODY = 65534;

/**
 * Where `unshare` and `sh` are found. The caller's environment is not handed on: PostgreSQL would take its PG*
 * variables as settings.
 */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
