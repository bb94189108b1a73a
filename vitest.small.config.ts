import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/**
 * The instruments in their small size: whole stacks, one at a time, since browsers run beside them. What is a matter of
 * seconds is not judged here.
 */
export default defineConfig({ test: { ...base.test, include: ['apps/*/test/*.small.ts'], maxWorkers: 1 } });
