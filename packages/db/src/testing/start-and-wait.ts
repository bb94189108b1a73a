import { startEmbedded } from '../embedded.ts';

// A launcher for the test that kills one: starts the server in the folder it is given, says where, and stays.
const [folder] = process.argv.slice(2);
if (!folder || !process.send) throw new Error('start-and-wait.ts is forked with a folder');
const { url } = await startEmbedded({ folder, settings: { fsync: 'off' } });
process.send({ url });
