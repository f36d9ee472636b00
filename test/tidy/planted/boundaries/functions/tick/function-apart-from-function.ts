import '../plan/whole.ts';
