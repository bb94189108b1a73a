import { testSmallRun } from './small-run.ts';

testSmallRun('hostile-images', 'postgres');
