import type { ProgressProps } from '../src/progress.tsx';
import type { StatusBadge } from '../src/status-chip.tsx';

export const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1_000);

type Order = {
  number: string;
  customer: string;
  lines: number;
  /** Cents. */
  total: number;
  placed: Date;
  look: StatusBadge;
  progress?: ProgressProps;
};

export const orders: Order[] = [
  {
    number: '1043',
    customer: 'Ada Field',
    lines: 2,
    total: 4_200,
    placed: ago(12),
    look: { tone: 'neutral', icon: 'clock', label: 'Waiting' },
  },
  {
    number: '1042',
    customer: 'Harbour Press Ltd',
    lines: 14,
    total: 128_050,
    placed: ago(200),
    look: { tone: 'info', icon: 'arrow', label: 'Bundling', moving: true },
    progress: { value: 0.43, label: 'Packing pictures', count: '6/14' },
  },
  {
    number: '1041',
    customer: 'Iris Moreno',
    lines: 1,
    total: 950,
    placed: ago(4_000),
    look: { tone: 'info', icon: 'arrow', label: 'Sending', moving: true },
    progress: { value: null, label: 'Asking the mail server' },
  },
  {
    number: '1040',
    customer: 'The Long Name Screen Printing and Embroidery Company',
    lines: 3,
    total: 22_000,
    placed: ago(90_000),
    look: { tone: 'success', icon: 'check-double', label: 'Delivered' },
  },
  {
    number: '1039',
    customer: 'Kestrel & Sons',
    lines: 5,
    total: 7_310,
    placed: ago(260_000),
    look: { tone: 'warning', icon: 'question', label: 'Uncertain' },
    progress: { value: 0.2, label: 'Sending', waiting: 'waiting, 4th in line, about 2 min' },
  },
  {
    number: '1038',
    customer: 'Otto Lindqvist',
    lines: 1,
    total: 1_999,
    placed: ago(900_000),
    look: { tone: 'danger', icon: 'cross', label: 'Bounced' },
  },
];
