import '../tick/whole.ts';
