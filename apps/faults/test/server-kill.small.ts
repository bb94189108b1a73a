import { testSmallRun } from './small-run.ts';

testSmallRun('server-kill', 'postgres');
