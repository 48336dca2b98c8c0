"""`tocsin doctor`: is a deployment fit to page people?"""
