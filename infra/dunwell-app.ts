import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ServiceStack } from './service-stack.ts';
import { readStageSettings } from './stage-settings.ts';
import { StateStack } from './state-stack.ts';

/**
 * Adds the two stacks of one stage to an app, with AWS's own checks on both: an unexplained finding stops the synthesis.
 * The stage and its settings come from the context of cdk.json.
 */
export function addDunwell(app: App, assetsDir: string): { state: StateStack; service: ServiceStack } {
  const { stage, settings } = readStageSettings(
    app.node.tryGetContext('stage'),
    app.node.tryGetContext('stages'),
  );
  const prefix = `dunwell-${stage}`;
  const state = new StateStack(app, `${prefix}-state`, {
    settings,
    terminationProtection: settings.keepsState,
  });
  const service = new ServiceStack(app, `${prefix}-service`, { prefix, assetsDir, settings, state });
  Tags.of(app).add('application', 'dunwell');
  Tags.of(app).add('stage', stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { state, service };
}
