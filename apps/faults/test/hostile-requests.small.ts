import { testSmallRun } from './small-run.ts';

testSmallRun('hostile-requests', 'postgres');
