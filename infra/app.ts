import { App } from 'aws-cdk-lib';
import { assetsDir } from './build/build-paths.ts';
import { addDunwell } from './dunwell-app.ts';

const app = new App();
addDunwell(app, assetsDir);
app.synth();
