"""The drawings of a case, laid out in millimetres on paper."""
