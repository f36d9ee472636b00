import '@aws-sdk/client-sqs';
