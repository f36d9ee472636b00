import '../functions/tick/whole.ts';
