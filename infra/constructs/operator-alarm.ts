import { Alarm, type ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** What a person who is woken by an alarm must be told; no alarm exists without it. */
export interface OperatorText {
  /** Who is harmed and how, in one sentence: "Text messages are not sent." */
  readonly impact: string;
  /** File name under docs/runbooks/, without `.md`. */
  readonly runbook: string;
}

export interface OperatorAlarmProps extends OperatorText {
  readonly alarmName: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  readonly periods: number;
  /** Whether silence of the metric is itself the fault. */
  readonly missingIsBreaching?: boolean;
  readonly tell: ITopic;
}

/** An alarm whose text says what it means for people and where the safe action is written. */
export class OperatorAlarm extends Construct {
  readonly alarm: Alarm;
  readonly alarmName: string;

  constructor(scope: Construct, id: string, props: OperatorAlarmProps) {
    super(scope, id);
    this.alarmName = props.alarmName;
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: props.alarmName,
      alarmDescription: `${props.impact} Runbook: docs/runbooks/${props.runbook}.md`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison,
      evaluationPeriods: props.periods,
      treatMissingData:
        props.missingIsBreaching === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(props.tell));
  }
}
