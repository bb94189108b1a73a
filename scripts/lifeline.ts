// Loaded before a child's own program. A launcher that is killed cannot tell its children: the channel to it closes,
// and the child ends as if it had been told to, with everything it has started itself.
if (process.channel) {
  // The channel alone must not keep the child alive.
  process.channel.unref();
  process.on('disconnect', () => {
    process.on('exit', endOwnGroup);
    setTimeout(() => process.exit(1), 10_000).unref();
    process.kill(process.pid, 'SIGTERM');
  });
}

/** The supervised programs lead a group each; a program that leads none has nobody to take along. */
function endOwnGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
