import '../twilio/whole.ts';
