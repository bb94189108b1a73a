import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import type { Judged, Strength } from './estimate-strength.ts';

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
});

parentPort!.on('message', (judged: Judged[]) => {
  parentPort!.postMessage(
    judged.map(({ password, about }): Strength => {
      const { score, feedback } = estimator.check(password, about);
      return { score, warning: feedback.warning };
    }),
  );
});
